import type { Conversation, MessagePage } from '#contract/conversations.ts'
import type { Id } from '#contract/ids.ts'
import type { Quota } from '#contract/quotas.ts'
import type { ReasoningPatch } from '#contract/reasoning.ts'
import type { FollowOptions } from '../api/follow.ts'
import type { Drafts } from './draft.ts'
import type { MessageId } from './thread-state.ts'

export interface PageQuery {
  leaf?: MessageId
  before?: MessageId
  limit?: number
}

/** The verbs a conversation needs of the world. They reject with `Refused` or `Offline`. */
export interface ConversationDeps {
  getConversation(id: Id<'conversation'>): Promise<Conversation>
  getPage(id: Id<'conversation'>, query: PageQuery): Promise<MessagePage>
  selectLeaf(id: Id<'conversation'>, leaf: MessageId): Promise<Conversation>
  setReasoning(id: Id<'conversation'>, reasoning: ReasoningPatch): Promise<Conversation>
  /** Makes a conversation before its first message; the same again changes nothing. */
  createConversation(id: Id<'conversation'>, systemPrompt: string | null): Promise<unknown>
  /** Refused with `revision_conflict` when the conversation has changed since `revision`. */
  setSystemPrompt(
    id: Id<'conversation'>,
    systemPrompt: string | null,
    revision: number,
  ): Promise<Conversation>
  deleteMessage(id: MessageId): Promise<void>
  cancel(replyId: MessageId): Promise<void>
  /** Follows a reply to its end, beginning it first when told how. */
  follow(options: FollowOptions): Promise<unknown>
  now(): number
  drafts: Drafts
  onQuota(quota: Quota): void
  /** The conversation as it was just read. */
  onConversation(conversation: Conversation): void
  /** A generation was accepted by the server. */
  onBegun(replyId: MessageId, conversationId: Id<'conversation'>): void
  onEnded(replyId: MessageId): void
}
