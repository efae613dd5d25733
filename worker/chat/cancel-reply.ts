import type { ActorId } from '../contract/actor.ts'
import type { Id } from '../contract/ids.ts'
import { isRunning, type MessageState } from '../contract/message.ts'
import type { Bindings } from '../platform/env.ts'
import { cancelRun } from './generation-stub.ts'

/** A cancel that came before its send counts this long. */
export const earlyCancelMs = 60_000

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
  const known = await stateOf(env, replyId)
  if (known) return cancelKnown(env, replyId, ownerId, known)
  await env.DB.prepare(
    `insert into early_cancels (reply_id, owner_id, at) values (?1, ?2, ?3)
     on conflict (reply_id, owner_id) do update set at = excluded.at`,
  )
    .bind(replyId, ownerId, now)
    .run()
  // The send may have come in between, too late for the look above and too early for the note.
  const since = await stateOf(env, replyId)
  return since ? cancelKnown(env, replyId, ownerId, since) : 'unknown'
}

interface Known {
  state: string
  ownerId: string
}

function stateOf(env: Bindings, replyId: Id<'message'>): Promise<Known | null> {
  return env.DB.prepare(
    `select m.state, c.owner_id as ownerId from messages as m
     join conversations as c on c.id = m.conversation_id where m.id = ?1 and m.role = 'assistant'`,
  )
    .bind(replyId)
    .first<Known>()
}

function cancelKnown(env: Bindings, replyId: Id<'message'>, ownerId: ActorId, known: Known) {
  if (known.ownerId !== ownerId) return 'foreign' as const
  const state = JSON.parse(known.state) as MessageState
  return isRunning(state) ? cancelRun(env, replyId, 'user') : state.type
}
