import type { CustomRequest } from '../contract/chat.ts'
import type { ProviderId, Vendor } from '../contract/connections.ts'
import type { CapabilityFlag } from '../contract/models.ts'
import type { FinishReason } from '../contract/parts.ts'
import type { Effort, Think } from '../contract/reasoning.ts'
import type { Upstream } from '../platform/upstream.ts'

/** One turn of the prompt. Neighbours may share a role; a dialect that minds joins them. */
export interface Turn {
  role: 'user' | 'assistant'
  text: string
}

export interface ProviderRequest {
  /** The provider's own id of the model. */
  model: string
  system: string | null
  /** Oldest first, ending with the message to answer. */
  turns: readonly Turn[]
  /** Null sends no limit. */
  outputTokensMax: number | null
  temperature: number | null
  reasoning: { enabled: boolean; effort: Effort | null; think: Think | null }
  /** The effort levels the model lists; null when it lists none. */
  efforts: readonly Effort[] | null
  custom: CustomRequest | null
}

/** A connection as an adapter needs it: unsealed, and never logged. */
export interface ProviderConnection {
  provider: ProviderId
  vendor: Vendor
  baseUrl: string
  apiKey: string | null
  headers: readonly { name: string; value: string }[]
  /** Learned from an earlier 400: this upstream refuses `stream_options`. */
  withoutStreamOptions: boolean
}

/** Counts as the provider gave them, in the sense of the product's Usage; null where not told. */
export interface ProviderUsage {
  inputTokens: number | null
  outputTokens: number | null
  reasoningTokens: number | null
  cachedTokens: number | null
  totalTokens: number | null
}

export interface ToolCall {
  /** Minted when the provider sends none. */
  id: string
  name: string
  /** As sent: JSON text, which may not parse. */
  arguments: string
}

/** What an adapter makes of an upstream body, in order; `stop` is always the last. */
export type ProviderEvent =
  | { type: 'content'; content: string }
  | { type: 'reasoning'; content: string }
  | { type: 'tool-call'; call: ToolCall }
  /** May come several times; the last one counts. */
  | { type: 'usage'; usage: ProviderUsage }
  /** The connection should remember that it takes no `stream_options`. */
  | { type: 'without-stream-options' }
  | { type: 'stop'; reason: FinishReason; raw: string | null }

export interface ListedModel {
  rawId: string
  label: string | null
  kind: 'chat' | 'embedding' | 'both' | null
  contextWindow: number | null
  outputTokens: number | null
  capabilities: Partial<Record<CapabilityFlag, boolean>>
}

/**
 * One kind of upstream API. An adapter translates and nothing else: no settings, no storage, no
 * retries, no clock. A stream ends by yielding `stop` or by throwing a `Fault`:
 * `provider_*`, `content_blocked`, `context_too_long`, `model_unsuitable`, `model_not_found`, or
 * `interrupted` when the body ended before the reply did.
 */
export interface Provider {
  readonly id: ProviderId
  readonly label: string
  /** The address calls go to, made of the one an administrator typed. */
  baseUrlOf(given: string): string
  stream(
    request: ProviderRequest,
    connection: ProviderConnection,
    upstream: Upstream,
  ): AsyncIterable<ProviderEvent>
  /** The same reply by one call without streaming. */
  complete(
    request: ProviderRequest,
    connection: ProviderConnection,
    upstream: Upstream,
  ): AsyncIterable<ProviderEvent>
  /** Every page of the provider's list, at most 5,000 models. */
  listModels(connection: ProviderConnection, upstream: Upstream): Promise<ListedModel[]>
}
