import type { ActorId } from '../contract/actor.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { cancelRun } from './generation-stub.ts'
import { nextChangeSeq } from '../db/change-seq.ts'

/**
 * Deletes conversations of an owner with all they hold: running replies are cancelled first, and
 * a note that they are gone stays for other tabs. Answers how many there were.
 */
export async function deleteConversations(
  env: Bindings,
  ids: readonly Id<'conversation'>[],
  ownerId: ActorId,
  now: number,
): Promise<number> {
  const list = JSON.stringify(ids)
  const { results: open } = await env.DB.prepare(
    `select reply_id from generations where owner_id = ?1 and ended_at is null
       and conversation_id in (select value from json_each(?2))`,
  )
    .bind(ownerId, list)
    .all<{ reply_id: Id<'message'> }>()
  await Promise.all(open.map(({ reply_id }) => cancelRun(env, reply_id, 'user')))
  const owned = `(select id from conversations where owner_id = ?1 and id in (select value from json_each(?2)))`
  const results = await env.DB.batch([
    // Numbers follow each other so that a page of changes can end between two of them.
    env.DB.prepare(
      `insert into deleted_conversations (id, owner_id, change_seq, deleted_at)
       select id, owner_id, ${nextChangeSeq('?1')} + row_number() over (order by id) - 1, ?3
       from conversations where owner_id = ?1 and id in (select value from json_each(?2))
       on conflict do nothing`,
    ).bind(ownerId, list, now),
    env.DB.prepare(
      `delete from message_attachments where message_id in (
         select id from messages where conversation_id in ${owned})`,
    ).bind(ownerId, list),
    env.DB.prepare(`delete from messages where conversation_id in ${owned}`).bind(ownerId, list),
    env.DB.prepare(
      `delete from conversations where owner_id = ?1 and id in (select value from json_each(?2))`,
    ).bind(ownerId, list),
  ])
  return results.at(-1)?.meta.changes ?? 0
}

/** The same for all conversations of an owner, in steps that stay small. */
export async function deleteAllConversations(
  env: Bindings,
  ownerId: ActorId,
  now: number,
): Promise<number> {
  let deleted = 0
  for (;;) {
    const { results } = await env.DB.prepare(
      `select id from conversations where owner_id = ?1 limit 500`,
    )
      .bind(ownerId)
      .all<{ id: Id<'conversation'> }>()
    if (results.length === 0) return deleted
    deleted += await deleteConversations(
      env,
      results.map(({ id }) => id),
      ownerId,
      now,
    )
  }
}
