import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ActorId } from '../../contract/actor.ts'
import { at } from '../columns.ts'

/**
 * Accounts and guests that are gone while things they owned may still be there. A row here leads
 * whoever comes after a crash to what is left, and goes last.
 */
export const deletedOwners = sqliteTable(
  'deleted_owners',
  {
    ownerId: text('owner_id').$type<ActorId>().primaryKey(),
    deletedAt: at('deleted_at').notNull(),
    /** When to look at it next. */
    dueAt: at('due_at').notNull(),
  },
  (table) => [index('deleted_owners_by_due').on(table.dueAt)],
)
