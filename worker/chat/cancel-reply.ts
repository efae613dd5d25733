import type { ActorId } from '../contract/actor.ts'
import type { Id } from '../contract/ids.ts'
import { isRunning, type MessageState } from '../contract/message.ts'
import type { Bindings } from '../platform/env.ts'
import { cancelRun } from './generation-stub.ts'

/**
 * Ends an owner's reply and answers its state, or `unknown` for an id nobody knows: that is kept for
 * 60 s, should the send arrive after its cancel; `foreign` for a message of somebody else.
 */
export async function cancelReply(
  env: Bindings,
  replyId: Id<'message'>,
  ownerId: ActorId,
  now: number,
): Promise<MessageState['type'] | 'cancelling' | 'unknown' | 'foreign'> {
  const row = await env.DB.prepare(
    `select m.state, c.owner_id as ownerId from messages as m
     join conversations as c on c.id = m.conversation_id where m.id = ?1 and m.role = 'assistant'`,
  )
    .bind(replyId)
    .first<{ state: string; ownerId: string }>()
  if (row?.ownerId === ownerId) {
    const state = JSON.parse(row.state) as MessageState
    return isRunning(state) ? cancelRun(env, replyId, 'user') : state.type
  }
  if (row === null) {
    await env.DB.prepare(
      `insert into early_cancels (reply_id, owner_id, at) values (?1, ?2, ?3)
       on conflict (reply_id, owner_id) do update set at = excluded.at`,
    )
      .bind(replyId, ownerId, now)
      .run()
  }
  return row === null ? 'unknown' : 'foreign'
}
