import {
  deleteConversations,
  listChanges,
  listConversations,
  updateConversation,
  type Conversation,
  type ConversationPatch,
} from '#contract/conversations.ts'
import type { Id } from '#contract/ids.ts'
import { followRevision } from '../api/branding.ts'
import { call } from '../api/call.ts'
import { meValue, setQuota } from '../api/me.ts'
import { noteSignedOut } from '../api/signed-out.ts'
import { createValue, useValue } from '../api/value.ts'
import { startPolling } from './changes-poll.ts'
import {
  noConversations,
  withBegun,
  withChanges,
  withConversations,
  withEnded,
  without,
  withoutConversations,
  withPage,
  type ConversationsState,
} from './conversations-state.ts'
import { readUnread, writeUnread } from './unread.ts'

type ConversationId = Id<'conversation'>

/** The caller's conversations, kept in step with other tabs and devices. */
export const conversationsValue = createValue<ConversationsState>(noConversations)

/** An answer finished while nobody was looking at this tab. */
export const finishedUnseenValue = createValue(false)

let openId: ConversationId | null = null
let ownerId: string | null = null
let cursor: string | undefined
let loading: Promise<void> | null = null
let poke = () => {}
let channel: BroadcastChannel | null = null

/**
 * Loads the list of `owner` and keeps it fresh until `signal` aborts. What is known stays for the
 * same owner, so that signing in again goes on where it was, and is forgotten for another.
 */
export function keepConversations(owner: string, signal: AbortSignal) {
  if (owner !== ownerId) {
    ownerId = owner
    finishedUnseenValue.set(false)
    forgetConversations()
  }
  channel = new BroadcastChannel(`aichat.changes.${owner}`)
  channel.addEventListener('message', () => poke())
  const unsubscribe = conversationsValue.subscribe(() =>
    writeUnread(owner, conversationsValue.get().unread),
  )
  document.addEventListener('visibilitychange', seen, { signal })
  poke = startPolling(() => askForChanges().catch(noteFault), signal).poke
  signal.addEventListener('abort', () => {
    unsubscribe()
    channel?.close()
    channel = null
    poke = () => {}
  })
}

/** Whatever is known is not true any more: the list is read anew. */
export function forgetConversations() {
  cursor = undefined
  loading = null
  conversationsValue.set({ ...noConversations, unread: ownerId ? readUnread(ownerId) : new Set() })
  announceChange()
}

/** Loads the next older page, or the first one; a failure is kept as `fault`, until repeated. */
export function loadMore(): Promise<void> {
  const { nextCursor } = conversationsValue.get()
  if (loading) return loading
  if (nextCursor === null) return Promise.resolve()
  const owner = ownerId
  const request = call(listConversations, { query: nextCursor ? { cursor: nextCursor } : {} })
    .then((page) => changeFor(owner, (state) => withPage(state, page)))
    .catch((fault: unknown) => changeFor(owner, (state) => ({ ...state, fault })))
    .finally(() => {
      if (loading === request) loading = null
    })
  loading = request
  return request
}

/** A conversation as it was just read or written. */
export function putConversation(conversation: Conversation) {
  change((state) => withConversations(state, [conversation]))
}

/** Tells this tab and the others of this browser that something changed at the server. */
export function announceChange() {
  channel?.postMessage('changed')
  poke()
}

export function noteBegun(replyId: Id<'message'>, conversationId: ConversationId) {
  change((state) => withBegun(state, replyId, { conversationId, begunHereAt: Date.now() }))
  channel?.postMessage('changed')
}

/** A reply that was followed here is finished, or was never begun. */
export function noteEnded(replyId: Id<'message'>) {
  if (document.visibilityState !== 'visible') finishedUnseenValue.set(true)
  change((state) => withEnded(state, replyId, seenId()))
  announceChange()
}

/** Changes title, pin or another field at once, and takes it back when the server refuses. */
export async function editConversation(id: ConversationId, patch: ConversationPatch) {
  const before = conversationsValue.get().items.get(id)
  if (!before) return
  const { pinned, title } = patch
  putConversation({
    ...before,
    ...(title !== undefined && { title }),
    ...(pinned !== undefined && { pinnedAt: pinned ? Date.now() : null }),
  })
  try {
    putConversation(await call(updateConversation, { params: { id }, body: patch }))
    announceChange()
  } catch (error) {
    putConversation(before)
    throw error
  }
}

/** Takes conversations out of the list; `confirmRemoval` or `undoRemoval` decides. */
export function removeConversations(ids: readonly ConversationId[]) {
  change((state) => ({ ...state, removed: new Set([...state.removed, ...ids]) }))
}

export function undoRemoval(ids: readonly ConversationId[]) {
  change((state) => ({ ...state, removed: without(state.removed, ids) }))
}

/** Really deletes them; on a failure they are back in the list. */
export async function confirmRemoval(ids: readonly ConversationId[], keepalive = false) {
  try {
    for (let at = 0; at < ids.length; at += 100) {
      const some = ids.slice(at, at + 100)
      await call(deleteConversations, { body: { ids: some }, keepalive })
      change((state) => withoutConversations(state, some))
    }
  } finally {
    undoRemoval(ids)
    announceChange()
  }
}

/** The conversation on screen, or null. Looking at one makes it read. */
export function setOpenConversation(id: ConversationId | null) {
  openId = id
  seen()
}

export function useConversations(): ConversationsState {
  return useValue(conversationsValue)
}

export function useConversation(id: ConversationId | null): Conversation | null {
  const { items } = useConversations()
  return (id && items.get(id)) ?? null
}

function seen() {
  if (document.visibilityState !== 'visible') return
  finishedUnseenValue.set(false)
  const id = openId
  if (!id || !conversationsValue.get().unread.has(id)) return
  change((state) => ({ ...state, unread: without(state.unread, [id]) }))
}

function seenId(): ConversationId | null {
  return document.visibilityState === 'visible' ? openId : null
}

/** The cursor comes before the list, so that nothing can change unnoticed in between. */
async function askForChanges(): Promise<void> {
  const owner = ownerId
  const changes = await call(listChanges, { query: cursor === undefined ? {} : { after: cursor } })
  if (owner !== ownerId) return
  // Another tab met the end of the session first: what is told here is a guest's.
  if (changes?.quota && changes.quota.scope !== meValue.get().actor?.type) return noteSignedOut()
  if (changes) {
    cursor = changes.cursor
    change((state) => withChanges(state, changes, { seenId: seenId(), now: Date.now() }))
    if (changes.quota) setQuota(changes.quota)
    followRevision(changes.settingsRevision).catch(() => {})
    if (changes.conversations.length === 100) return askForChanges()
  }
  if (conversationsValue.get().nextCursor === undefined) await loadMore()
}

/** Only a list that never came is worth a word; later on the next question will do. */
function noteFault(fault: unknown) {
  if (conversationsValue.get().nextCursor === undefined) change((state) => ({ ...state, fault }))
}

function change(next: (state: ConversationsState) => ConversationsState) {
  conversationsValue.set(next(conversationsValue.get()))
}

/** An answer that arrives after somebody else has signed in is not for them. */
function changeFor(owner: string | null, next: (state: ConversationsState) => ConversationsState) {
  if (owner === ownerId) change(next)
}
