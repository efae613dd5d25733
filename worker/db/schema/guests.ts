import { index, sqliteTable } from 'drizzle-orm/sqlite-core'
import { at, id } from '../columns.ts'

/** Visitors without an account who have written something; others leave no row. */
export const guests = sqliteTable(
  'guests',
  {
    id: id<'guest'>('id').primaryKey(),
    createdAt: at('created_at').notNull(),
    /** When all they own is deleted; moved on by use. */
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [index('guests_by_expiry').on(table.expiresAt)],
)
