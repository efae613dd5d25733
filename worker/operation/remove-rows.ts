import type { Bindings } from '../platform/env.ts'

/** At most this many rows a step. */
const stepMax = 500

/** Tables whose rows go by age, and what one is known by. */
const keys = {
  users: 'id',
  sessions: 'id',
  audit: 'id',
  rate_counters: 'subject',
  early_cancels: 'reply_id, owner_id',
  idempotency_keys: 'actor_id, key',
  kept_calls: 'id',
  deleted_conversations: 'id',
  generations: 'reply_id',
  quota_usage: 'subject, day',
} as const

/** Deletes the rows of a table that meet a condition on ?1, a step at a time, and tells how many went. */
export async function* removeRows(
  env: Bindings,
  table: keyof typeof keys,
  condition: string,
  before: number | string,
): AsyncGenerator<number> {
  const key = keys[table]
  for (;;) {
    // What triggers change counts among the changes, and is not meant.
    const { results } = await env.DB.prepare(
      `delete from ${table} where (${key}) in (select ${key} from ${table} where ${condition} limit ?2)
       returning 1`,
    )
      .bind(before, stepMax)
      .all()
    yield results.length
    if (results.length < stepMax) return
  }
}
