import type { GenerateInput } from '#contract/chat.ts'
import type { Id } from '#contract/ids.ts'
import type { Message } from '#contract/message.ts'
import { messageOf, withoutRun, withRun, type ConversationState } from './conversation-state.ts'
import type { AttachmentPart } from './draft.ts'
import { runOf } from './run.ts'
import { withEnd, withMessages, withSibling, type MessageId } from './thread-state.ts'

/** Something asked of the server and shown as if granted, with what it takes to go back. */
export interface Attempt {
  body: GenerateInput
  /** The message below which the thread has a new end. */
  parentId: MessageId | null
  added: readonly Message[]
  /** The end of the thread that had to give way. */
  displaced: readonly Message[]
  /** Siblings as they were before they got another one. */
  siblings: readonly Message[]
}

/** What a send, an edit, a retry or a continue looks like while the server has yet to answer. */
export function attemptOf(
  state: ConversationState,
  body: GenerateInput,
  images: readonly AttachmentPart[],
  now: number,
): Attempt {
  const reply = emptyMessage(body.conversationId, body.replyId, 'assistant', now)
  switch (body.mode) {
    case 'regenerate': {
      const parentId = body.messageId
      const replies = siblingsBelow(state, parentId)
      const [first] = replies
      const added = { ...reply, parentId, siblings: placeAfter(reply.id, first) }
      return attempt(state, body, parentId, [added], replies)
    }
    case 'continue': {
      const old = messageOf(state, body.from)
      const added = {
        ...reply,
        parentId: old?.parentId ?? null,
        parts: old?.parts ?? [],
        model: old?.model ?? null,
        continuedFrom: body.from,
        siblings: old
          ? withSibling({ ...old, id: reply.id }, reply.id, old.id).siblings
          : alone(reply.id),
      }
      return attempt(state, body, added.parentId, [added], [])
    }
    default: {
      const message = emptyMessage(body.conversationId, body.messageId, 'user', now)
      const siblings = siblingsBelow(state, body.parentId)
      const user: Message = {
        ...message,
        parentId: body.parentId,
        parts: [...images, { type: 'text', text: body.content }],
        state: { type: 'complete', reason: 'stop', raw: null },
        siblings: placeAfter(message.id, siblings[0]),
      }
      return attempt(state, body, body.parentId, [user, { ...reply, parentId: user.id }], siblings)
    }
  }
}

/** The state with the attempt on screen and its reply running. */
export function withAttempt(state: ConversationState, attempt: Attempt, now: number) {
  const { added, siblings, parentId } = attempt
  const reply = added.at(-1) as Message
  const widened = siblings.map((sibling) => withSibling(sibling, (added[0] as Message).id))
  const next = { ...state, ...withEnd(state, parentId, added), refusal: null }
  return withRun(
    { ...next, messages: withMessages(next.messages, widened) },
    reply.id,
    runOf(reply, now),
  )
}

/** The state as if the attempt had never been made, whatever has happened since. */
export function withoutAttempt(state: ConversationState, attempt: Attempt): ConversationState {
  const { added, displaced, siblings, parentId } = attempt
  const reply = added.at(-1) as Message
  const shown = added.every(({ id }) => state.thread.includes(id))
  const next = withoutRun(
    shown ? { ...state, ...withEnd(state, parentId, displaced) } : state,
    reply.id,
  )
  const messages = new Map(withMessages(next.messages, siblings))
  for (const { id } of added) messages.delete(id)
  return { ...next, messages }
}

function attempt(
  state: ConversationState,
  body: GenerateInput,
  parentId: MessageId | null,
  added: readonly Message[],
  siblings: readonly Message[],
): Attempt {
  const end = parentId === null ? 0 : state.thread.indexOf(parentId) + 1
  const displaced = state.thread.slice(end).flatMap((id) => state.messages.get(id) ?? [])
  return { body, parentId, added, displaced, siblings }
}

/** The known messages below `parentId`; the one in the thread first, as it knows all the others. */
function siblingsBelow(state: ConversationState, parentId: MessageId | null): Message[] {
  const at = parentId === null ? 0 : state.thread.indexOf(parentId) + 1
  const inThread = state.messages.get(state.thread[at] as MessageId)
  if (!inThread || inThread.parentId !== parentId) return []
  const others = inThread.siblings.ids.filter((id) => id !== inThread.id)
  return [inThread, ...others.flatMap((id) => state.messages.get(id) ?? [])]
}

function placeAfter(id: MessageId, sibling: Message | undefined): Message['siblings'] {
  if (!sibling) return alone(id)
  return withSibling({ ...sibling, id }, id).siblings
}

function alone(id: MessageId): Message['siblings'] {
  return { index: 0, count: 1, ids: [id] }
}

function emptyMessage(
  conversationId: Id<'conversation'>,
  id: MessageId,
  role: Message['role'],
  now: number,
): Message {
  return {
    id,
    conversationId,
    parentId: null,
    role,
    parts: [],
    state: { type: 'pending' },
    model: null,
    usage: null,
    metrics: null,
    siblings: alone(id),
    continuedFrom: null,
    supersededBy: null,
    trace: null,
    createdAt: now,
    updatedAt: now,
  }
}
