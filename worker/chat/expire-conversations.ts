import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { deleteUnusedSince } from './delete-conversations.ts'

/** How many conversations one step looks at, and how many it deletes at once. */
const pageMax = 500
const deletedAtOnce = 100

/**
 * Deletes conversations nobody has used since a moment, except pinned ones. It goes through all of
 * them by their ids, as an index by age would cost a row on every message; where it was left off is
 * noted, and the next one goes on from there.
 */
export async function* expireConversations(
  env: Bindings,
  before: number,
  now: number,
): AsyncGenerator<number> {
  for (;;) {
    const { results } = await env.DB.prepare(
      `select id, pinned_at is null and active_at < ?1 as isExpired from conversations
       where id > coalesce((select value from installation where key = 'conversationsSeen'), '')
       order by id limit ?2`,
    )
      .bind(before, pageMax)
      .all<{ id: Id<'conversation'>; isExpired: number }>()
    const expired = results.filter(({ isExpired }) => isExpired === 1).map(({ id }) => id)
    let removed = 0
    for (let from = 0; from < expired.length; from += deletedAtOnce) {
      const ids = expired.slice(from, from + deletedAtOnce)
      removed += await deleteUnusedSince(env, ids, before, now)
    }
    const isLast = results.length < pageMax
    await noteSeen(env, isLast ? '' : (results.at(-1)?.id ?? ''))
    yield removed
    if (isLast) return
  }
}

async function noteSeen(env: Bindings, id: string): Promise<void> {
  await env.DB.prepare(
    `insert into installation (key, value) values ('conversationsSeen', ?1)
     on conflict (key) do update set value = excluded.value where value <> excluded.value`,
  )
    .bind(id)
    .run()
}
