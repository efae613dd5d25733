import type { GenerateInput } from '#contract/chat.ts'
import type { Conversation } from '#contract/conversations.ts'
import { applyEvent } from '#contract/fold.ts'
import { isTerminal, type GenerationEvent } from '#contract/generation-events.ts'
import { idFrom } from '#contract/ids.ts'
import type { Message } from '#contract/message.ts'
import { problemOf, type ProblemCode } from '#contract/problems.ts'
import { Refused } from '../api/refused.ts'
import type { FollowOptions } from '../api/follow.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { createDrafts } from './draft.ts'
import { withSibling, type MessageId } from './thread-state.ts'

export const conversationId = idFrom('conversation', 'c')
export const messageId = (name: string) => idFrom('message', `${name}x`)

export function message(id: MessageId, over: Partial<Message> = {}): Message {
  return {
    id,
    conversationId,
    parentId: null,
    role: 'user',
    parts: [],
    state: { type: 'complete', reason: 'stop', raw: null },
    model: null,
    usage: null,
    metrics: null,
    siblings: { index: 0, count: 1, ids: [id] },
    continuedFrom: null,
    supersededBy: null,
    trace: null,
    createdAt: 1,
    updatedAt: 1,
    ...over,
  }
}

/** `count` messages in one thread, user and assistant in turn. */
export function threadOf(count: number): Message[] {
  return Array.from({ length: count }, (_, index) =>
    message(messageId(`m${index}`), {
      parentId: index === 0 ? null : messageId(`m${index - 1}`),
      role: index % 2 === 0 ? 'user' : 'assistant',
      parts: [{ type: 'text', text: `text ${index}` }],
    }),
  )
}

const metrics = {
  firstTokenMs: 1,
  durationMs: 2,
  tokensPerSecond: null,
  attempts: 1,
  fallback: false,
}
export const complete: GenerationEvent = { type: 'complete', metrics }
export const content = (text: string): GenerationEvent => ({ type: 'content', content: text })
export const interrupted = {
  type: 'error',
  problem: problemOf('interrupted', 'req_1', { continuable: true }),
  metrics,
} satisfies GenerationEvent

/** A server in memory for one conversation: what it stores, and the logs of its replies. */
export class FakeServer {
  messages = new Map<MessageId, Message>()
  logs = new Map<MessageId, GenerationEvent[]>()
  leaf: MessageId | null = null
  revision = 1
  systemPrompt: string | null = null
  /** Whether it was made apart from its first message. */
  isCreated = false
  refuseWith: ProblemCode | null = null
  refuseCreateWith: ProblemCode | null = null
  accepted: GenerateInput[] = []
  #followers = new Set<{ options: FollowOptions; seq: number; resolve: () => void }>()

  readonly drafts = createDrafts({ storage: null, tab: 't', now: () => 0, later: (run) => run() })

  seed(messages: readonly Message[]) {
    for (const each of messages) this.messages.set(each.id, each)
    this.leaf = messages.at(-1)?.id ?? null
  }

  conversation(): Conversation {
    return {
      id: conversationId,
      title: null,
      titleSource: 'derived',
      modelId: null,
      systemPrompt: this.systemPrompt,
      reasoning: { enabled: null, effort: null, think: null },
      tools: { webSearch: null },
      pinnedAt: null,
      activeLeafId: this.leaf,
      messageCount: this.messages.size,
      usage: { inputTokens: 0, outputTokens: 0 },
      running: [...this.logs.keys()].filter((id) => !this.#isOver(id)),
      createdAt: 1,
      activeAt: 1,
      expiresAt: null,
      revision: this.revision,
    }
  }

  /** Adds to the log of a reply and tells its followers. */
  log(replyId: MessageId, ...events: GenerationEvent[]) {
    const log = this.logs.get(replyId) ?? []
    this.logs.set(replyId, [...log, ...events])
    for (const follower of this.#followers) this.#tell(follower)
    const reply = this.messages.get(replyId)
    if (!reply || !this.#isOver(replyId)) return
    this.messages.set(replyId, { ...[...log, ...events].reduce(applyEvent, reply), updatedAt: 2 })
    this.revision++
  }

  deps(over: Partial<ConversationDeps> = {}): ConversationDeps {
    return {
      getConversation: async () => this.conversation(),
      getPage: async (_, { leaf, before, limit = 30 }) => this.#page(leaf, before, limit),
      selectLeaf: async (_, leaf) => {
        this.leaf = this.#leafBelow(leaf)
        return this.conversation()
      },
      setReasoning: async () => this.conversation(),
      createConversation: async (_, systemPrompt) => {
        if (this.refuseCreateWith) throw new Refused(problemOf(this.refuseCreateWith, 'req_1'))
        this.systemPrompt = systemPrompt
        this.isCreated = true
      },
      setSystemPrompt: async (_, systemPrompt, revision) => {
        if (revision !== this.revision) throw new Refused(problemOf('revision_conflict', 'req_1'))
        this.systemPrompt = systemPrompt
        this.revision++
        return this.conversation()
      },
      deleteMessage: async (id) => {
        this.leaf = this.messages.get(id)?.parentId ?? null
        this.messages.delete(id)
      },
      cancel: async (replyId) => this.log(replyId, { type: 'cancelled', by: 'user', metrics }),
      follow: (options) => this.#follow(options),
      now: () => 0,
      drafts: this.drafts,
      onQuota() {},
      onConversation() {},
      onBegun() {},
      onEnded() {},
      ...over,
    }
  }

  async #follow(options: FollowOptions): Promise<void> {
    await Promise.resolve()
    const { start, prepare } = options
    if (start) {
      await prepare?.()
      if (this.refuseWith) throw new Refused(problemOf(this.refuseWith, 'req_1'))
      this.#accept(start)
    }
    options.onConnection?.('open')
    await new Promise<void>((resolve, reject) => {
      const follower = { options, seq: options.after ?? 0, resolve }
      this.#followers.add(follower)
      options.signal.addEventListener('abort', () => {
        this.#followers.delete(follower)
        reject(options.signal.reason as Error)
      })
      this.#tell(follower)
    })
  }

  #tell(follower: { options: FollowOptions; seq: number; resolve: () => void }) {
    for (const event of (this.logs.get(follower.options.replyId) ?? []).slice(follower.seq)) {
      follower.options.onEvent({ seq: ++follower.seq, event })
      if (!isTerminal(event)) continue
      this.#followers.delete(follower)
      follower.resolve()
    }
  }

  #accept(start: GenerateInput) {
    if (this.messages.has(start.replyId)) return
    this.accepted.push(start)
    const pending = { role: 'assistant' as const, state: { type: 'pending' as const } }
    if (start.mode === 'continue') {
      const parentId = this.messages.get(start.from)?.parentId ?? null
      this.#insert(message(start.replyId, { ...pending, parentId, continuedFrom: start.from }))
    } else {
      if ('content' in start) {
        const { messageId: id, parentId, content: text } = start
        this.#insert(message(id, { parentId, parts: [{ type: 'text', text }] }))
      }
      this.#insert(message(start.replyId, { ...pending, parentId: start.messageId }))
    }
    this.logs.set(start.replyId, [])
    this.leaf = start.replyId
    this.revision++
  }

  #insert(added: Message) {
    const siblings = [...this.messages.values()].filter((m) => m.parentId === added.parentId)
    const [first] = siblings
    for (const each of siblings) this.messages.set(each.id, withSibling(each, added.id))
    const place = first
      ? withSibling({ ...first, id: added.id }, added.id).siblings
      : added.siblings
    this.messages.set(added.id, { ...added, siblings: place })
  }

  #page(leaf: MessageId | undefined, before: MessageId | undefined, limit: number) {
    const path: Message[] = []
    let id: MessageId | null = before ? this.#parentOf(before) : (leaf ?? this.leaf)
    for (; id; id = this.#parentOf(id)) path.unshift(this.messages.get(id) as Message)
    return {
      items: path.slice(-limit),
      hasMore: path.length > limit,
      leafId: leaf ?? this.leaf,
    }
  }

  #parentOf(id: MessageId): MessageId | null {
    return this.messages.get(id)?.parentId ?? null
  }

  #leafBelow(id: MessageId): MessageId {
    const child = [...this.messages.values()].findLast((each) => each.parentId === id)
    return child ? this.#leafBelow(child.id) : id
  }

  #isOver(id: MessageId): boolean {
    const last = this.logs.get(id)?.at(-1)
    return last !== undefined && isTerminal(last)
  }
}
