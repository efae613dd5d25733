import type { GenerateInput } from '#contract/chat.ts'
import type { Conversation } from '#contract/conversations.ts'
import { newId, type Id } from '#contract/ids.ts'
import type { Problem } from '#contract/problems.ts'
import type { Reasoning, ReasoningPatch } from '#contract/reasoning.ts'
import { Refused } from '../api/refused.ts'
import { createValue } from '../api/value.ts'
import { attemptOf, withAttempt, withoutAttempt } from './attempt.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { conversationInstructions } from './conversation-instructions.ts'
import {
  currentRunOf,
  isInStep,
  newConversationState,
  withCount,
  withRun,
  type Chosen,
  type ConversationState,
  type Refusal,
} from './conversation-state.ts'
import type { AttachmentPart, DraftKey } from './draft.ts'
import { replyRuns } from './reply-runs.ts'
import { threadPages } from './thread-pages.ts'
import type { MessageId } from './thread-state.ts'

/** How a reply is asked for, beside what it answers. */
export interface AskOptions {
  modelId?: Id<'model'>
  reasoning?: Partial<Reasoning>
  context?: boolean
}

type Images = readonly AttachmentPart[]

/** One open conversation: subscribe, read, act. It goes on while nothing shows it. */
export type ConversationStore = ReturnType<typeof createConversationStore>

/** `newDraftKey`: the conversation is begun here, and until then its text is the draft of that key. */
export function createConversationStore(
  id: Id<'conversation'>,
  deps: ConversationDeps,
  newDraftKey: DraftKey | null = null,
) {
  const value = createValue<ConversationState>(
    newDraftKey ? newConversationState : { ...newConversationState, status: { type: 'loading' } },
  )
  const get = value.get
  const change = (to: (state: ConversationState) => ConversationState) => value.set(to(get()))
  let draftKey: DraftKey = newDraftKey ?? id
  let isRecovered = newDraftKey !== null

  const pages = threadPages({ id, get, change, deps, onPage })
  const instructions = conversationInstructions({ id, get, put, read: readConversation, deps })
  const runs = replyRuns({ get, change, deps, onEnd, onMissing: () => void refresh() })

  function onPage() {
    if (!isRecovered) deps.drafts.recover(draftKey, (messageId) => get().messages.has(messageId))
    isRecovered = true
    // A send that seemed to have failed may have arrived all the same.
    const { refusal } = get()
    if (refusal && get().messages.has(refusal.body.replyId)) {
      takeBack(refusal)
      change((state) => ({ ...state, refusal: null }))
    }
    runs.followThread()
  }

  function onEnd(replyId: MessageId) {
    deps.onEnded(replyId)
    // Whether an old reply is superseded by the one that went on is decided at the end.
    if (get().messages.get(replyId)?.continuedFrom) void refresh()
  }

  async function readConversation() {
    put(await deps.getConversation(id))
  }

  function put(conversation: Conversation) {
    change((state) => ({ ...state, conversation }))
    deps.onConversation(conversation)
  }

  async function load() {
    try {
      await Promise.all([readConversation(), pages.refresh()])
    } catch (error) {
      const problem = error instanceof Refused ? error.problem : null
      if (get().status.type !== 'loading') return
      change((state) => ({ ...state, status: { type: 'unreadable', problem } }))
    }
  }

  async function refresh() {
    if (get().status.type !== 'ready') return
    await pages.refresh().catch(() => {})
  }

  /** Takes what was refused out of the composer; false when it was edited there since. */
  function takeBack({ body, images }: Refusal): boolean {
    return !('content' in body) || deps.drafts.take(draftKey, body.content, images)
  }

  /** A user message below `parentId`, and the reply to it. */
  function say(text: string, images: Images, parentId: MessageId | null, ask: AskOptions) {
    const messageId = newId('message')
    const attachments = idsOf(images)
    const body = { ...options(ask), mode: 'send' as const, messageId, parentId, content: text }
    return begin({ ...body, attachments }, images)
  }

  async function begin(body: GenerateInput, images: Images = []) {
    const attempt = attemptOf(get(), body, images, deps.now())
    if ('content' in body) deps.drafts.hold(draftKey, body.messageId, body.content, images)
    pages.hold()
    let isAccepted = false
    change((state) => withAttempt(state, attempt, deps.now()))
    const accept = () => {
      isAccepted = true
      accepted(body)
      pages.release()
    }
    try {
      await runs.begin(body, accept, instructions.prepare())
    } catch (error) {
      const problem = error instanceof Refused ? error.problem : null
      if (isAccepted) return lost(body.replyId, problem)
      change((state) => ({
        ...withoutAttempt(state, attempt),
        refusal: { body, images, problem, at: deps.now() },
      }))
      if ('content' in body) deps.drafts.putBack(draftKey, body.messageId)
      deps.onEnded(body.replyId)
      pages.release()
    }
  }

  function accepted(body: GenerateInput) {
    if ('content' in body) deps.drafts.release(draftKey, body.messageId)
    deps.onBegun(body.replyId, id)
    change((state) => withCount(state, 'content' in body ? 2 : 1))
    if (get().status.type !== 'new') return
    change((state) => ({ ...state, status: { type: 'ready' } }))
    deps.drafts.move(draftKey, id)
    draftKey = id
    rememberReasoning(body.reasoning)
    readConversation().catch(() => {})
  }

  function rememberReasoning(reasoning: ReasoningPatch | null | undefined) {
    if (reasoning) deps.setReasoning(id, reasoning).catch(() => {})
  }

  /** The stream of a reply that was begun is refused: the next page tells what became of it. */
  function lost(replyId: MessageId, problem: Problem | null) {
    const run = get().runs.get(replyId)
    if (run) change((state) => withRun(state, replyId, { ...run, reconnecting: true }))
    if (problem?.code === 'not_found') void refresh()
  }

  function options({ modelId, reasoning, context }: AskOptions) {
    return {
      conversationId: id,
      replyId: newId('message'),
      ...(modelId && { modelId }),
      ...(reasoning && { reasoning }),
      ...(context === false && { context }),
    }
  }

  return {
    id,
    get,
    subscribe: value.subscribe,
    draftKey: () => draftKey,
    load,
    refresh,
    loadOlder: pages.loadOlder,
    /** The conversation has changed at the server, by what was done here or elsewhere. */
    note(conversation: Conversation) {
      const { status, conversation: known } = get()
      if (status.type !== 'ready' || (known && known.revision >= conversation.revision)) return
      const isKnown = isInStep(get(), conversation)
      change((state) => ({ ...state, conversation }))
      if (!isKnown) void refresh()
    },

    /** What the next messages are asked with. Reasoning is remembered with the conversation. */
    choose(chosen: Partial<Chosen>) {
      change((state) => ({ ...state, chosen: { ...state.chosen, ...chosen } }))
      if (get().status.type === 'ready') rememberReasoning(chosen.reasoning)
    },

    instruct: instructions.change,

    /** A new message at the end of the thread. The composer is empty afterwards. */
    send(text: string, ask: AskOptions, images: Images = []) {
      deps.drafts.clear(draftKey)
      return say(text, images, get().thread.at(-1) ?? null, ask)
    },
    /** The message said anew, as its sibling; what followed it stays on its branch. */
    edit(messageId: MessageId, text: string, ask: AskOptions, images: Images = []) {
      return say(text, images, get().messages.get(messageId)?.parentId ?? null, ask)
    },
    /** Another reply to a user message. */
    regenerate(messageId: MessageId, ask: AskOptions) {
      return begin({ ...options(ask), mode: 'regenerate', messageId })
    },
    /** A reply that begins with the text of `replyId` and goes on. */
    continue(replyId: MessageId, ask: AskOptions) {
      return begin({ ...options(ask), mode: 'continue', from: replyId })
    },

    /** Tries what was refused once more: as it is in the composer, if it was changed there. */
    async retryRefused({ modelId }: Pick<AskOptions, 'modelId'> = {}): Promise<void> {
      const { refusal } = get()
      if (!refusal) return
      const body = { ...refusal.body, ...(modelId && { modelId }) }
      if (!('content' in body) || takeBack(refusal)) return begin(body, refusal.images)
      const content = deps.drafts.textOf(draftKey).trim()
      const images = deps.drafts.imagesOf(draftKey)
      if (content === '' && images.length === 0) return
      deps.drafts.clear(draftKey)
      const ids = { messageId: newId('message'), replyId: newId('message') }
      await begin({ ...body, ...ids, content, attachments: idsOf(images) }, images)
    },
    dismissRefusal() {
      change((state) => ({ ...state, refusal: null }))
    },
    /** Somebody has signed in again: what the end of the session cut off goes on. */
    async resume() {
      const { refusal, status } = get()
      if (status.type === 'unreadable') return load()
      runs.followThread()
      if (refusal?.problem?.status !== 401) return
      if (takeBack(refusal)) await begin(refusal.body, refusal.images)
    },

    /** Stops the reply at the end of the thread. Rejects when the server was not reached. */
    async stop() {
      const run = currentRunOf(get())
      if (!run || run.stopping) return
      const replyId = run.folded.id
      const mark = (stopping: boolean) =>
        change((state) => {
          const known = state.runs.get(replyId)
          return known ? withRun(state, replyId, { ...known, stopping }) : state
        })
      mark(true)
      try {
        await deps.cancel(replyId)
      } catch (error) {
        mark(false)
        throw error
      }
    },

    /** Makes the thread through `messageId` the active one, on every device. */
    async select(messageId: MessageId) {
      const conversation = await deps.selectLeaf(id, messageId)
      change((state) => ({ ...state, conversation }))
      await pages.show(conversation.activeLeafId, messageId)
    },
    /** Deletes a message with everything below it. */
    async remove(messageId: MessageId) {
      const parentId = get().messages.get(messageId)?.parentId
      await deps.deleteMessage(messageId)
      if (parentId) await pages.show(null, parentId)
      else await pages.refresh()
      readConversation().catch(() => {})
    },

    /** The conversation was deleted, here or elsewhere. */
    close() {
      runs.leave()
      change((state) => ({ ...state, status: { type: 'gone' }, runs: new Map() }))
    },
    /** Nothing shows it any more and nothing runs: it stops listening. */
    leave: runs.leave,
  }
}

function idsOf(images: Images) {
  return images.map(({ attachmentId }) => attachmentId)
}
