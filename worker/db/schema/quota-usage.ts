import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What one subject (`user:usr_…`) used on one calendar day of the quota's time zone. */
export const quotaUsage = sqliteTable(
  'quota_usage',
  {
    subject: text('subject').notNull(),
    day: text('day').notNull(),
    messages: integer('messages').notNull(),
    tokens: integer('tokens').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.subject, table.day] }),
    index('quota_usage_by_day').on(table.day, table.subject),
  ],
)
