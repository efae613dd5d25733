import type { ImageRef } from '../attachments/image-refs.ts'
import type { Id } from '../contract/ids.ts'
import type { ActorId } from '../contract/actor.ts'
import type { ModelName, Part } from '../contract/parts.ts'
import type { Language } from '../contract/problems.ts'
import type { Quota } from '../contract/quotas.ts'
import type { ProviderConnection, ProviderRequest, Turn } from '../providers/provider.ts'

/** A turn whose images are still where they are stored. */
export type OrderTurn =
  | { role: 'user'; text: string; images?: readonly ImageRef[] }
  | Exclude<Turn, { role: 'user' }>

/** The request of an order: its images cross to the object as references, never as bytes. */
export interface OrderRequest extends Omit<ProviderRequest, 'turns'> {
  turns: readonly OrderTurn[]
}

/** The limits of one run, in milliseconds, as the settings had them when it began. */
export interface RunLimits {
  initialGraceMs: number
  idleMs: number
  reasoningIdleMs: number
  timeoutMs: number
  retries: number
  fallback: boolean
  coalesceMs: number
  heartbeatMs: number
}

/** What the object keeps of an order: enough to end the reply, nothing secret. */
export interface RunFacts {
  replyId: Id<'message'>
  messageId: Id<'message'>
  conversationId: Id<'conversation'>
  ownerId: ActorId
  requestId: Id<'request'>
  language: Language
  model: ModelName
  contextWindow: number
  /** The quota after this run's unit was taken. */
  quota: Quota
  /** Whether a unit was taken, and so may be returned. */
  costs: boolean
  acceptedAt: number
  continuedFrom: Id<'message'> | null
  promptTokens: number
  limits: RunLimits
  emitUsage: boolean
  providerUsageOnly: boolean
  saveReasoning: boolean
}

/** Everything one run needs. It crosses from Worker to object once and is never stored whole. */
export interface GenerationOrder extends RunFacts {
  /** The parts of the continued reply, to be carried over. */
  carried: Part[]
  /** Pairs of tags that mark reasoning inside the text; none when that is off. */
  tagPairs: readonly (readonly [string, string])[]
  request: OrderRequest
  connectionId: Id<'connection'>
  connection: ProviderConnection
  guard: { allowPrivateHosts: boolean }
  /** Whether a model is to name the conversation once the reply is complete. */
  namesConversation: boolean
}

/** The part of an order that may be stored. */
export function factsOf(order: GenerationOrder): RunFacts {
  const { replyId, messageId, conversationId, ownerId, requestId, language, model } = order
  const { contextWindow, quota, costs, acceptedAt, continuedFrom, promptTokens, limits } = order
  const { emitUsage, providerUsageOnly, saveReasoning } = order
  return {
    replyId,
    messageId,
    conversationId,
    ownerId,
    requestId,
    language,
    model,
    contextWindow,
    quota,
    costs,
    acceptedAt,
    continuedFrom,
    promptTokens,
    limits,
    emitUsage,
    providerUsageOnly,
    saveReasoning,
  }
}
