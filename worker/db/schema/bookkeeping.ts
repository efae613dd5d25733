import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ActorId } from '../../contract/actor.ts'
import { at, flag, id } from '../columns.ts'

/** How often something refused happened lately; subjects are keyed hashes, never addresses. */
export const rateCounters = sqliteTable(
  'rate_counters',
  {
    subject: text('subject').primaryKey(),
    count: integer('count').notNull(),
    resetsAt: at('resets_at').notNull(),
  },
  (table) => [index('rate_counters_by_reset').on(table.resetsAt)],
)

/** Cancels that came before their send; honoured for 60 s. */
export const earlyCancels = sqliteTable(
  'early_cancels',
  {
    replyId: id<'message'>('reply_id').notNull(),
    ownerId: text('owner_id').$type<ActorId>().notNull(),
    at: at('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.replyId, table.ownerId] }),
    index('early_cancels_by_owner').on(table.ownerId),
    index('early_cancels_by_age').on(table.at),
  ],
)

/** Replies to creating requests that carried an Idempotency-Key; kept 24 h. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    actorId: text('actor_id').notNull(),
    key: text('key').notNull(),
    fingerprint: text('fingerprint').notNull(),
    /** Null while the first request is still being answered. */
    reply: text('reply'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.actorId, table.key] }),
    index('idempotency_keys_by_age').on(table.createdAt),
  ],
)

export const jobs = sqliteTable('jobs', {
  name: text('name').primaryKey(),
  lastRunAt: at('last_run_at').notNull(),
  durationMs: integer('duration_ms'),
  ok: flag('ok'),
  removed: integer('removed').notNull(),
  problem: text('problem'),
  /** When the run that is under way began; null when none is. */
  runningSince: at('running_since'),
  /** Whether the last run had more to do than one run may. */
  unfinished: flag('unfinished'),
})

/** Facts about this installation that are neither a setting nor a secret. */
export const installation = sqliteTable('installation', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})
