import { noUrl } from '../attachments/image-urls.ts'
import type { ActorId } from '../contract/actor.ts'
import type { TerminalEvent } from '../contract/generation-events.ts'
import type { Id } from '../contract/ids.ts'
import { isRunning, type Message } from '../contract/message.ts'
import type { Metrics } from '../contract/usage.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { streamHeaders } from './follow-log.ts'
import { followRun } from './generation-stub.ts'
import { findMessage, toMessage } from './messages.ts'

export interface Following {
  replyId: Id<'message'>
  ownerId: ActorId
  after: number
  session: string | null
}

/**
 * The log of an owner's reply after `after`, as server-sent events. While the object keeps the log
 * it answers; afterwards D1 does, with the terminal event and the whole message in it.
 */
export async function followReply(
  env: Bindings,
  { replyId, ownerId, after, session }: Following,
): Promise<Response> {
  // D1 decides whose reply it is. Meanwhile the object makes ready for whom it was written.
  const following = followRun(env, replyId, { after, session, owner: ownerId })
  const row = await findMessage(env, replyId, ownerId).catch((error: unknown) => {
    leave(following)
    throw error
  })
  if (row === null || row.role !== 'assistant') {
    leave(following)
    throw new Fault('not_found')
  }
  const isOpen = isRunning(toMessage(row, noUrl).state)
  let response = await following
  if (response.status === 404) {
    // It may have changed hands, or be one whose run was lost before it began.
    response = await followRun(env, replyId, { after, session, wake: isOpen })
  }
  if (response.status === 409) throw new Fault('cursor_ahead', await response.json())
  if (response.status === 503) throw new Fault('too_many_followers')
  if (response.status !== 404) return response
  const latest = isOpen ? await findMessage(env, replyId, ownerId) : row
  if (latest === null) throw new Fault('not_found')
  // A reply has no images.
  return ending(toMessage(latest, noUrl), latest.last_seq ?? 1, after)
}

function leave(following: Promise<Response>): void {
  following.then(({ body }) => body?.cancel()).catch(() => {})
}

function ending(message: Message, lastSeq: number, after: number): Response {
  if (isRunning(message.state)) throw new Fault('storage_unavailable', { retryAfterMs: 2_000 })
  if (after > lastSeq) throw new Fault('cursor_ahead', { last: lastSeq })
  const event = JSON.stringify(terminalOf(message))
  return new Response(`: ok\n\nid: ${lastSeq}\ndata: ${event}\n\n`, { headers: streamHeaders })
}

const unknownMetrics: Metrics = {
  firstTokenMs: null,
  durationMs: 0,
  tokensPerSecond: null,
  attempts: 0,
  fallback: false,
}

function terminalOf(message: Message): TerminalEvent {
  const { state } = message
  const metrics = message.metrics ?? unknownMetrics
  switch (state.type) {
    case 'cancelled':
      return { type: 'cancelled', by: state.by, metrics, message }
    case 'interrupted':
    case 'failed':
      return { type: 'error', problem: state.problem, metrics, message }
    default:
      return { type: 'complete', metrics, message }
  }
}
