import type { ActorId } from '../contract/actor.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { cancelRun } from './generation-stub.ts'
import { nextChangeSeq } from '../db/change-seq.ts'

/**
 * Deletes conversations of an owner with all they hold: running replies are cancelled first, and
 * a note that they are gone stays for other tabs. Answers how many there were.
 */
export function deleteConversations(
  env: Bindings,
  ids: readonly Id<'conversation'>[],
  ownerId: ActorId,
  now: number,
): Promise<number> {
  return deleteWhere(env, 'owner_id = ?1', ownerId, ids, now)
}

/** The same for those of anybody, if they are still unused since a moment and not pinned. */
export function deleteUnusedSince(
  env: Bindings,
  ids: readonly Id<'conversation'>[],
  before: number,
  now: number,
): Promise<number> {
  return deleteWhere(env, 'pinned_at is null and active_at < ?1', before, ids, now)
}

/** Deletes those of `ids` that meet a condition on ?1, which the deleting statements ask again. */
async function deleteWhere(
  env: Bindings,
  condition: string,
  value: string | number,
  ids: readonly Id<'conversation'>[],
  now: number,
): Promise<number> {
  const list = JSON.stringify(ids)
  const meant = `conversations where ${condition} and id in (select value from json_each(?2))`
  const { results: open } = await env.DB.prepare(
    `select g.reply_id from (select id, owner_id from ${meant}) as c
     join generations as g on g.owner_id = c.owner_id and g.conversation_id = c.id
     where g.ended_at is null`,
  )
    .bind(value, list)
    .all<{ reply_id: Id<'message'> }>()
  await Promise.all(open.map(({ reply_id }) => cancelRun(env, reply_id, 'user')))
  const results = await env.DB.batch([
    // Numbers follow each other so that a page of changes can end between two of them.
    env.DB.prepare(
      `insert into deleted_conversations (id, owner_id, change_seq, deleted_at)
       select id, owner_id, ${nextChangeSeq('conversations.owner_id')}
         + row_number() over (partition by owner_id order by id) - 1, ?3
       from ${meant} on conflict do nothing`,
    ).bind(value, list, now),
    env.DB.prepare(
      `delete from message_attachments where message_id in (
         select id from messages where conversation_id in (select id from ${meant}))`,
    ).bind(value, list),
    env.DB.prepare(`delete from messages where conversation_id in (select id from ${meant})`).bind(
      value,
      list,
    ),
    env.DB.prepare(`delete from ${meant}`).bind(value, list),
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
