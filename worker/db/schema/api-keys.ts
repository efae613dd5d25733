import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { KeyScope } from '../../contract/api-keys.ts'
import type { Id } from '../../contract/ids.ts'
import { at, id, json } from '../columns.ts'

export const apiKeys = sqliteTable(
  'api_keys',
  {
    id: id<'key'>('id').primaryKey(),
    userId: id<'user'>('user_id').notNull(),
    name: text('name').notNull(),
    /** SHA-256 of the key, in hex. The key itself is stored nowhere. */
    hash: text('hash').notNull(),
    /** Its last four characters. */
    ending: text('ending').notNull(),
    scopes: json<KeyScope[]>('scopes').notNull(),
    /** Null may use every model its owner may. */
    modelIds: json<Id<'model'>[]>('model_ids'),
    messagesPerDay: integer('messages_per_day'),
    tokensPerDay: integer('tokens_per_day'),
    requestsPerMinute: integer('requests_per_minute'),
    expiresAt: at('expires_at'),
    lastUsedAt: at('last_used_at'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('api_keys_by_hash').on(table.hash),
    index('api_keys_by_user').on(table.userId, table.id),
  ],
)
