import type { Conversation } from '#contract/conversations.ts'
import type { GenerateInput } from '#contract/chat.ts'
import type { Id } from '#contract/ids.ts'
import type { Message } from '#contract/message.ts'
import type { Problem } from '#contract/problems.ts'
import type { Reasoning } from '#contract/reasoning.ts'
import type { AttachmentPart } from './draft.ts'
import type { Run } from './run.ts'
import { emptyThread, type MessageId, type ThreadState } from './thread-state.ts'

export type ConversationStatus =
  /** Begun here, unknown to the server until its first message is accepted. */
  | { type: 'new' }
  | { type: 'loading' }
  | { type: 'ready' }
  /** The conversation could not be read. Null: the server was not reached. */
  | { type: 'unreadable'; problem: Problem | null }
  /** Deleted, here or elsewhere. */
  | { type: 'gone' }

/** A send, retry or continue that the server did not take. */
export interface Refusal {
  body: GenerateInput
  /** The images of a message that was not sent. */
  images: readonly AttachmentPart[]
  /** Null: the server was not reached, however often it was tried. */
  problem: Problem | null
  at: number
}

/** What was chosen here for the next messages; null leaves it to the conversation. */
export interface Chosen {
  modelId: Id<'model'> | null
  reasoning: Partial<Reasoning> | null
  context: boolean | null
  /** Instructions of a conversation that is not there yet. */
  systemPrompt: string | null
}

/** Everything a page needs to show one conversation. */
export interface ConversationState extends ThreadState {
  status: ConversationStatus
  conversation: Conversation | null
  runs: ReadonlyMap<MessageId, Run>
  refusal: Refusal | null
  loadingOlder: boolean
  /** The oldest message the last prompt held, where that is known and not the whole thread. */
  contextStart: MessageId | null
  chosen: Chosen
}

export const newConversationState: ConversationState = {
  ...emptyThread,
  status: { type: 'new' },
  conversation: null,
  runs: new Map(),
  refusal: null,
  loadingOlder: false,
  contextStart: null,
  chosen: { modelId: null, reasoning: null, context: null, systemPrompt: null },
}

/** The message as it is to be shown now; a running reply is what its run makes of it. */
export function messageOf(state: ConversationState, id: MessageId): Message | undefined {
  return state.runs.get(id)?.shown ?? state.messages.get(id)
}

/** The run at the end of the thread: what Stop stops, and what keeps the next message waiting. */
export function currentRunOf({ runs, thread }: ConversationState): Run | null {
  const last = thread.at(-1)
  return (last && runs.get(last)) ?? null
}

/** Whether a message can be added to the conversation as it is now. */
export function isWritable({ status }: ConversationState): boolean {
  return status.type === 'new' || status.type === 'ready'
}

export function withRun(state: ConversationState, id: MessageId, run: Run): ConversationState {
  if (state.runs.get(id) === run) return state
  return { ...state, runs: new Map(state.runs).set(id, run) }
}

export function withoutRun(state: ConversationState, id: MessageId): ConversationState {
  if (!state.runs.has(id)) return state
  const runs = new Map(state.runs)
  runs.delete(id)
  return { ...state, runs }
}

/** Whether the thread shows all that `conversation` says there is, so that no page need be read. */
export function isInStep(
  { conversation: known, thread, runs }: ConversationState,
  now: Conversation,
): boolean {
  return (
    known?.messageCount === now.messageCount &&
    thread.at(-1) === (now.activeLeafId ?? undefined) &&
    now.running.every((id) => runs.has(id) || !thread.includes(id))
  )
}

/** The conversation with `added` messages more, until the server says how many there are. */
export function withCount(state: ConversationState, added: number): ConversationState {
  const { conversation } = state
  if (!conversation) return state
  const messageCount = conversation.messageCount + added
  return { ...state, conversation: { ...conversation, messageCount } }
}
