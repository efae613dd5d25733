import type { ActorId } from '../contract/actor.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { nextChangeSeq } from '../db/change-seq.ts'
import { cancelRun } from './generation-stub.ts'
import { findMessage, leafBelow, subtreeOf } from './messages.ts'

/**
 * Deletes a message and everything below it; running replies among it are cancelled first. The
 * active leaf, when it was in there, moves to the nearest one that remains.
 */
export async function deleteMessage(
  env: Bindings,
  id: Id<'message'>,
  ownerId: ActorId,
  now: number,
): Promise<void> {
  const message = await findMessage(env, id, ownerId)
  if (message === null) throw new Fault('not_found')
  const conversationId = message.conversation_id
  const below = await subtreeOf(env, conversationId, id)
  await Promise.all(
    below.filter(({ isOpen }) => isOpen).map((reply) => cancelRun(env, reply.id, 'user')),
  )
  const gone = JSON.stringify(below.map((entry) => entry.id))
  await env.DB.batch([
    env.DB.prepare(
      `delete from message_attachments where message_id in (select value from json_each(?1))`,
    ).bind(gone),
    env.DB.prepare(
      `delete from messages where conversation_id = ?1 and id in (select value from json_each(?2))`,
    ).bind(conversationId, gone),
    env.DB.prepare(
      `update conversations set active_at = ?3, revision = revision + 1,
         message_count = (select count(*) from messages where conversation_id = ?1),
         active_leaf_id = case when active_leaf_id in (select value from json_each(?2)) then ?4 else active_leaf_id end,
         change_seq = ${nextChangeSeq('conversations.owner_id')} where id = ?1`,
    ).bind(conversationId, gone, now, await nearestLeaf(env, message, gone)),
  ])
}

/** Below the nearest sibling, else below the parent's next branch, else the parent itself. */
async function nearestLeaf(
  env: Bindings,
  {
    conversation_id: conversationId,
    parent_id,
    created_at,
  }: { conversation_id: Id<'conversation'>; parent_id: Id<'message'> | null; created_at: number },
  gone: string,
): Promise<Id<'message'> | null> {
  const sibling = await env.DB.prepare(
    `select id from messages where conversation_id = ?1 and parent_id is ?2 and superseded_by is null
       and id not in (select value from json_each(?3))
     order by abs(created_at - ?4), id limit 1`,
  )
    .bind(conversationId, parent_id, gone, created_at)
    .first<{ id: Id<'message'> }>()
  const from = sibling?.id ?? parent_id
  return from === null ? null : leafBelow(env, conversationId, from, gone)
}
