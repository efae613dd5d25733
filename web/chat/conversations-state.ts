import type { Changes, Conversation } from '#contract/conversations.ts'
import type { Id } from '#contract/ids.ts'
import { inListOrder } from './conversation-groups.ts'

type ConversationId = Id<'conversation'>
type ReplyId = Id<'message'>

export interface RunningReply {
  conversationId: ConversationId
  /** When this tab began it; null when only the server told of it. */
  begunHereAt: number | null
}

/** The list of conversations as far as it is known here. Every change returns a new value. */
export interface ConversationsState {
  items: ReadonlyMap<ConversationId, Conversation>
  /** Of the next older page; undefined before the first one has come, null after the last. */
  nextCursor: string | null | undefined
  /** Last activity of the oldest conversation loaded by page: older ones are not all known. */
  loadedTo: number
  running: ReadonlyMap<ReplyId, RunningReply>
  /** Conversations with an answer that finished where nobody looked. */
  unread: ReadonlySet<ConversationId>
  /** Deleted here, but not yet at the server: it can still be undone. */
  removed: ReadonlySet<ConversationId>
  /** Deleted, here or elsewhere: whoever shows one closes it. */
  gone: ReadonlySet<ConversationId>
  /** Why the list, or its next page, could not be read; null while nothing failed. */
  fault: unknown
}

export const noConversations: ConversationsState = {
  items: new Map(),
  nextCursor: undefined,
  loadedTo: Number.POSITIVE_INFINITY,
  running: new Map(),
  unread: new Set(),
  removed: new Set(),
  gone: new Set(),
  fault: null,
}

/** A reply begun here is believed to run until the server must have heard of it. */
const begunHereMs = 10_000

/** What the sidebar shows, in its order. */
export function listOf(state: ConversationsState): Conversation[] {
  const { items, removed, nextCursor, loadedTo } = state
  const hasAll = nextCursor === null
  const shown = [...items.values()].filter(
    ({ id, pinnedAt, activeAt }) =>
      !removed.has(id) && (hasAll || pinnedAt !== null || activeAt >= loadedTo),
  )
  return inListOrder(shown)
}

export function withPage(
  state: ConversationsState,
  page: { items: readonly Conversation[]; nextCursor: string | null },
): ConversationsState {
  const unpinned = page.items.filter(({ pinnedAt }) => pinnedAt === null)
  const oldest = unpinned.at(-1)?.activeAt ?? state.loadedTo
  const next = withConversations(state, page.items)
  return {
    ...next,
    nextCursor: page.nextCursor,
    loadedTo: Math.min(state.loadedTo, oldest),
    fault: null,
  }
}

/** Lays newer readings over older ones; a reading with a lower revision is a late one. */
export function withConversations(
  state: ConversationsState,
  conversations: readonly Conversation[],
): ConversationsState {
  const items = new Map(state.items)
  for (const conversation of conversations) {
    const known = items.get(conversation.id)
    if (state.gone.has(conversation.id)) continue
    if (known && known.revision > conversation.revision) continue
    items.set(conversation.id, conversation)
  }
  return { ...state, items }
}

export function withoutConversations(
  state: ConversationsState,
  ids: readonly ConversationId[],
): ConversationsState {
  if (ids.length === 0) return state
  const items = new Map(state.items)
  for (const id of ids) items.delete(id)
  const gone = new Set([...state.gone, ...ids])
  return {
    ...state,
    items,
    gone,
    unread: without(state.unread, ids),
    removed: without(state.removed, ids),
  }
}

/** What changed elsewhere. `seenId` is the conversation somebody is looking at right now. */
export function withChanges(
  state: ConversationsState,
  changes: Pick<Changes, 'conversations' | 'deleted' | 'running'>,
  { seenId, now }: { seenId: ConversationId | null; now: number },
): ConversationsState {
  const running = new Map<ReplyId, RunningReply>(
    changes.running.map(({ replyId, conversationId }) => [
      replyId,
      { conversationId, begunHereAt: state.running.get(replyId)?.begunHereAt ?? null },
    ]),
  )
  const ended: ConversationId[] = []
  for (const [replyId, reply] of state.running) {
    if (running.has(replyId)) continue
    if (reply.begunHereAt !== null && now - reply.begunHereAt < begunHereMs) {
      running.set(replyId, reply)
    } else ended.push(reply.conversationId)
  }
  const unseen = ended.filter((id) => id !== seenId && !changes.deleted.includes(id))
  const told = withConversations(state, changes.conversations)
  return withoutConversations(
    { ...told, running, unread: new Set([...told.unread, ...unseen]) },
    changes.deleted,
  )
}

export function withBegun(
  state: ConversationsState,
  replyId: ReplyId,
  reply: RunningReply,
): ConversationsState {
  return { ...state, running: new Map(state.running).set(replyId, reply) }
}

/** A reply this tab followed has ended. */
export function withEnded(
  state: ConversationsState,
  replyId: ReplyId,
  seenId: ConversationId | null,
): ConversationsState {
  const reply = state.running.get(replyId)
  if (!reply) return state
  const running = new Map(state.running)
  running.delete(replyId)
  const { conversationId } = reply
  const unread =
    conversationId === seenId ? state.unread : new Set([...state.unread, conversationId])
  return { ...state, running, unread }
}

export function without<Item>(set: ReadonlySet<Item>, items: readonly Item[]): ReadonlySet<Item> {
  return items.some((item) => set.has(item))
    ? new Set([...set].filter((item) => !items.includes(item)))
    : set
}
