import { sql } from 'drizzle-orm'
import { index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ActorId } from '../../contract/actor.ts'
import { at, flag, id } from '../columns.ts'

/** Calls under /v1 whose answers are kept in an object of their own, and until when. */
export const keptCalls = sqliteTable(
  'kept_calls',
  {
    id: id<'response'>('id').primaryKey(),
    ownerId: text('owner_id').$type<ActorId>().notNull(),
    keyId: id<'key'>('key_id').notNull(),
    /** Whether its caller may have it back by its id. */
    isStored: flag('is_stored').notNull(),
    /** A keyed hash of the Idempotency-Key it came with, until another call may come with it. */
    idempotency: text('idempotency'),
    /** A keyed hash of what was asked: the same Idempotency-Key with another one is a conflict. */
    fingerprint: text('fingerprint'),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [
    uniqueIndex('kept_calls_by_idempotency')
      .on(table.keyId, table.idempotency)
      .where(sql`idempotency is not null`),
    index('kept_calls_by_owner').on(table.ownerId),
    index('kept_calls_by_expiry').on(table.expiresAt),
  ],
)
