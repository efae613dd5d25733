import type { MessagePage } from '#contract/conversations.ts'
import type { Id } from '#contract/ids.ts'
import type { Message } from '#contract/message.ts'

export type MessageId = Id<'message'>

/** The loaded end of a conversation's active thread, and every message seen on the way. */
export interface ThreadState {
  messages: ReadonlyMap<MessageId, Message>
  /** Oldest first. */
  thread: readonly MessageId[]
  /** Whether the server has messages above the first. */
  hasOlder: boolean
}

export const emptyThread: ThreadState = { messages: new Map(), thread: [], hasOlder: false }

/** Whether `page`, the newest of its thread, joins what is loaded without a gap. */
export function joins({ thread }: ThreadState, { items, hasMore }: MessagePage): boolean {
  const [first] = items
  if (!first || !hasMore) return true
  return thread.includes(first.id) || (first.parentId !== null && thread.includes(first.parentId))
}

/** The newest page laid over what is loaded. Older messages stay while they are of one thread. */
export function withNewestPage(state: ThreadState, page: MessagePage): ThreadState {
  const [first] = page.items
  const kept = first ? prefixAbove(state.thread, first) : []
  const thread = [...kept, ...page.items.map(({ id }) => id)]
  return {
    messages: withMessages(state.messages, page.items),
    thread: sameItems(thread, state.thread) ? state.thread : thread,
    hasOlder: kept.length > 0 ? state.hasOlder : page.hasMore,
  }
}

/** `page` put above the first loaded message; ignored when it does not end right before it. */
export function withOlderPage(state: ThreadState, page: MessagePage): ThreadState {
  const first = state.messages.get(state.thread[0] as MessageId)
  const last = page.items.at(-1)
  if (last && first?.parentId !== last.id) return state
  return {
    messages: withMessages(state.messages, page.items),
    thread: [...page.items.map(({ id }) => id), ...state.thread],
    hasOlder: page.hasMore,
  }
}

/** `messages` as the new end of the thread below `parentId`, which null makes the whole thread. */
export function withEnd(
  state: ThreadState,
  parentId: MessageId | null,
  messages: readonly Message[],
): ThreadState {
  const end = parentId === null ? 0 : state.thread.indexOf(parentId) + 1
  return {
    messages: withMessages(state.messages, messages),
    thread: [...state.thread.slice(0, end), ...messages.map(({ id }) => id)],
    hasOlder: end === 0 && parentId === null ? false : state.hasOlder,
  }
}

/** The messages by id with `items` put in, each kept as it is where nothing about it changed. */
export function withMessages(
  known: ReadonlyMap<MessageId, Message>,
  items: readonly Message[],
): ReadonlyMap<MessageId, Message> {
  const changed = items.filter((item) => !isSame(known.get(item.id), item))
  return changed.length === 0 ? known : new Map([...known, ...changed.map(byId)])
}

/** `message` with `id` as one more of its siblings, or in the place of `replaced`. */
export function withSibling(message: Message, id: MessageId, replaced?: MessageId): Message {
  const { ids } = message.siblings
  const next = replaced ? ids.map((each) => (each === replaced ? id : each)) : [...ids, id]
  return {
    ...message,
    siblings: { ids: next, count: next.length, index: Math.max(0, next.indexOf(message.id)) },
  }
}

function prefixAbove(thread: readonly MessageId[], first: Message): readonly MessageId[] {
  const at = thread.indexOf(first.id)
  if (at >= 0) return thread.slice(0, at)
  const parentAt = first.parentId === null ? -1 : thread.indexOf(first.parentId)
  return thread.slice(0, parentAt + 1)
}

function isSame(known: Message | undefined, item: Message): boolean {
  if (known === item) return true
  return (
    known !== undefined &&
    known.updatedAt === item.updatedAt &&
    known.state.type === item.state.type &&
    known.supersededBy === item.supersededBy &&
    known.parts.length === item.parts.length &&
    sameItems(known.siblings.ids, item.siblings.ids)
  )
}

function sameItems(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}

function byId(message: Message): [MessageId, Message] {
  return [message.id, message]
}
