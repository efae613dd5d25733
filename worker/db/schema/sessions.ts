import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { at, flag, id } from '../columns.ts'

export const sessions = sqliteTable(
  'sessions',
  {
    id: id<'session'>('id').primaryKey(),
    userId: id<'user'>('user_id').notNull(),
    remember: flag('remember').notNull(),
    userAgent: text('user_agent').notNull(),
    /** The network part only (/24, /48). */
    network: text('network').notNull(),
    createdAt: at('created_at').notNull(),
    lastSeenAt: at('last_seen_at').notNull(),
    /** When the cookie was last issued anew. */
    renewedAt: at('renewed_at').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [
    index('sessions_by_user').on(table.userId),
    index('sessions_by_expiry').on(table.expiresAt),
  ],
)
