import type { Actor } from '#contract/actor.ts'
import { cancelReply } from '#contract/chat.ts'
import {
  createConversation,
  deleteMessage,
  getConversation,
  getMessage,
  listMessages,
  updateConversation,
} from '#contract/conversations.ts'
import { newId, type Id } from '#contract/ids.ts'
import { call } from '../api/call.ts'
import { takesOverDraft } from '../api/guest-draft.ts'
import { meValue, setQuota } from '../api/me.ts'
import { Refused } from '../api/refused.ts'
import { onSignedOut } from '../api/signed-out.ts'
import { fetchSoon } from '../ui/later.ts'
import { navigate } from '../ui/navigation.tsx'
import type { ConversationDeps } from './conversation-deps.ts'
import { createConversationStore, type ConversationStore } from './conversation-store.ts'
import { conversationsValue, noteBegun, noteEnded, putConversation } from './conversations-store.ts'
import type { DraftKey } from './draft.ts'
import { drafts } from './drafts.ts'
import { readFirst, warmUpReader } from './read-first.ts'

type ConversationId = Id<'conversation'>

/** Idle conversations kept for going back to without a wait. */
const idleMax = 3

/** By the order they were last looked at. */
const stores = new Map<ConversationId, ConversationStore>()
/** The one the welcome page begins. */
let begun: ConversationStore | null = null
let owner = meValue.get().actor
let isSignedOut = false

/** The open conversation of `id`; null is the one that the welcome page begins. */
export function conversationStore(id: ConversationId | null): ConversationStore {
  begun ??= begin(newDraftKey(owner))
  if (id === null || id === begun.id) return begun
  const known = stores.get(id)
  const store = known ?? createConversationStore(id, deps)
  stores.delete(id)
  stores.set(id, store)
  if (!known) void store.load()
  letGo(id)
  return store
}

/** Needed once a reply is being written, which is not before something is on screen. */
const loadFollow = fetchSoon(() => import('../api/follow.ts'))

const deps: ConversationDeps = {
  getConversation: (id) => call(getConversation, { params: { id } }),
  async getPage(id, { limit, ...query }) {
    const page = await call(listMessages, {
      params: { id },
      query: limit ? { ...query, limit } : query,
    })
    await readFirst(page.items)
    return page
  },
  selectLeaf: (id, activeLeafId) =>
    call(updateConversation, { params: { id }, body: { activeLeafId } }),
  setReasoning: (id, reasoning) =>
    call(updateConversation, { params: { id }, body: { reasoning } }),
  async createConversation(id, systemPrompt) {
    try {
      await call(createConversation, { body: { id, systemPrompt } })
    } catch (error) {
      // It was made by an earlier attempt, with other instructions.
      if (!(error instanceof Refused) || error.problem.code !== 'id_conflict') throw error
      await call(updateConversation, { params: { id }, body: { systemPrompt } })
    }
  },
  setSystemPrompt: (id, systemPrompt, revision) =>
    call(updateConversation, { params: { id }, body: { systemPrompt }, ifMatch: revision }),
  deleteMessage: (id) => call(deleteMessage, { params: { id } }),
  cancel: async (replyId) => void (await call(cancelReply, { params: { replyId } })),
  follow: async (options) => (await loadFollow()).follow(options),
  now: Date.now,
  drafts,
  onQuota: setQuota,
  onConversation: putConversation,
  onBegun(replyId, id) {
    noteBegun(replyId, id)
    if (begun?.id === id) adopt(begun)
  },
  onEnded: noteEnded,
}

/** Whoever has no account is one guest after the other, and the text in the composer is theirs all. */
function newDraftKey(actor: Actor | null): DraftKey {
  const guests: DraftKey = 'new:guest'
  if (actor?.type !== 'user') return guests
  if (takesOverDraft(actor.id)) drafts.move(guests, `new:${actor.id}`)
  return `new:${actor.id}`
}

function begin(draftKey: DraftKey): ConversationStore {
  recover(draftKey).catch(() => {})
  return createConversationStore(newId('conversation'), deps, draftKey)
}

/** Gives back a first message whose sending a reload cut off, unless it has arrived. */
async function recover(draftKey: DraftKey) {
  const held = drafts.heldOf(draftKey)
  const found = await Promise.allSettled(held.map((id) => call(getMessage, { params: { id } })))
  drafts.recover(draftKey, (id) => found[held.indexOf(id)]?.status === 'fulfilled')
}

/** The welcome page's conversation exists now: it has an address, and the next one is another. */
function adopt(store: ConversationStore) {
  begun = null
  stores.set(store.id, store)
  if (location.pathname === '/main') navigate(`/main/${store.id}`)
}

/** Closes what has not been looked at for long and has nothing running. */
function letGo(looked: ConversationId) {
  const idle = [...stores.values()].filter((store) => store.get().runs.size === 0)
  for (const store of idle.slice(0, -idleMax)) {
    if (store.id === looked || store.get().refusal) continue
    store.leave()
    stores.delete(store.id)
  }
}

conversationsValue.subscribe(() => {
  const { items, gone } = conversationsValue.get()
  for (const [id, store] of stores) {
    const conversation = items.get(id)
    if (gone.has(id)) store.close()
    else if (conversation) store.note(conversation)
  }
})

onSignedOut(() => {
  isSignedOut = true
})

meValue.subscribe(() => {
  const { actor } = meValue.get()
  if (actor?.id !== owner?.id) {
    for (const store of stores.values()) store.leave()
    begun?.leave()
    stores.clear()
    begun = null
    owner = actor
  } else if (isSignedOut) {
    for (const store of stores.values()) void store.resume()
    void begun?.resume()
  }
  isSignedOut = false
})

warmUpReader()
