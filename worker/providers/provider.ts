import type { CustomRequest } from '../contract/chat.ts'
import type { ConnectionField, ProviderId, Vendor } from '../contract/connections.ts'
import type { CapabilityFlag } from '../contract/models.ts'
import type { FinishReason } from '../contract/parts.ts'
import type { Effort, Think } from '../contract/reasoning.ts'
import type { Upstream } from '../platform/upstream.ts'

/** A picture as the adapter sends it. */
export interface PromptImage {
  mediaType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif'
  /** Put into the body as it is: until that is sent, a word may stand in its place. */
  base64: string
}

export type UserPart = { type: 'text'; text: string } | { type: 'image'; image: PromptImage }

/** One turn of the prompt. Neighbours may share a role; a dialect that minds joins them. */
export type Turn =
  | {
      role: 'user'
      text: string
      images?: readonly PromptImage[]
      /** The same again, where it matters what stands before what. */
      parts?: readonly UserPart[]
    }
  | {
      role: 'assistant'
      text: string
      toolCalls?: readonly ToolCall[]
      /** What `carry` events of this turn brought, in their order. */
      carried?: readonly unknown[]
    }
  /** What a tool answered to a call of the assistant's turn before. */
  | { role: 'tool'; callId: string; name: string; text: string; isError?: boolean }

/** A tool the model may call. */
export interface ToolDefinition {
  name: string
  description: string
  /** JSON Schema of its arguments, an object. */
  parameters: Readonly<Record<string, unknown>>
  /** Whether the arguments have to follow the schema to the letter, where the provider can hold to it. */
  strict?: boolean
}

/** The form an answer must have; absent or null, it is text. */
export type ResponseFormat =
  | { type: 'json_object' }
  | {
      type: 'json_schema'
      name: string
      schema: Readonly<Record<string, unknown>>
      strict: boolean
    }

/** What a program may ask for beyond what the product's own chat does. Null leaves it to the provider. */
export interface CallOptions {
  toolChoice: 'auto' | 'none' | 'required' | { name: string } | null
  parallelToolCalls: boolean | null
  responseFormat: ResponseFormat | null
  stop: readonly string[]
  topP: number | null
  seed: number | null
  presencePenalty: number | null
  frequencyPenalty: number | null
}

/** Texts to be turned into vectors. */
export interface EmbeddingRequest {
  /** The provider's own id of the model. */
  model: string
  inputs: readonly string[]
  /** How long the vectors are to be; null is the model's own length. */
  dimensions: number | null
}

/** A vector for each text, in the order of the texts. */
export interface Embedded {
  vectors: readonly (readonly number[])[]
  /** Null where the provider does not count. */
  usage: ProviderUsage | null
}

export interface ProviderRequest {
  /** The provider's own id of the model. */
  model: string
  /** The model behind the id, where that is only a name somebody gave it. */
  baseModel?: string | null
  system: string | null
  /** Oldest first, ending with the message to answer. */
  turns: readonly Turn[]
  tools: readonly ToolDefinition[]
  /** Null sends no limit. */
  outputTokensMax: number | null
  /** How much the model can read, and about how much of it the prompt takes. */
  contextWindow: number
  promptTokens: number
  temperature: number | null
  reasoning: { enabled: boolean; effort: Effort | null; think: Think | null }
  /** The effort levels the model lists; null when it lists none. */
  efforts: readonly Effort[] | null
  custom: CustomRequest | null
  /** What a call through the API asks for besides. */
  options?: CallOptions
}

/** A connection as an adapter needs it: unsealed, and never logged. */
export interface ProviderConnection {
  provider: ProviderId
  vendor: Vendor
  /** Where calls go: what `baseUrlOf` made of the address that was typed. */
  baseUrl: string
  apiKey: string | null
  headers: readonly { name: string; value: string }[]
  /** Learned from an earlier 400: this upstream refuses `stream_options`. */
  withoutStreamOptions: boolean
  /** Azure: the version of its API, `v1` for the one without versions; null is the default. */
  azureApiVersion: string | null
  /** Ollama: the context length to load models with; null leaves it to the adapter. */
  numCtx: number | null
  /** The models the administrator named; empty lists what the provider has. */
  modelIds: readonly string[]
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
  /** The provider's own record of its reasoning: goes back with the next turn of one tool loop. */
  | { type: 'carry'; carried: unknown }
  /** May come several times; the last one counts. */
  | { type: 'usage'; usage: ProviderUsage }
  /** The connection should remember that it takes no `stream_options`. */
  | { type: 'without-stream-options' }
  | { type: 'stop'; reason: FinishReason; raw: string | null }

export interface ListedModel {
  rawId: string
  label: string | null
  /** The model behind the raw id, where that is only a name somebody gave it. */
  baseModel?: string | null
  kind: 'chat' | 'embedding' | 'both' | null
  contextWindow: number | null
  outputTokens: number | null
  capabilities: Partial<Record<CapabilityFlag, boolean>>
}

/** A call whose body is the caller's own. */
export interface PassedCall {
  url: string
  headers: Headers
  /** What the body calls the model; undefined where the address names it. */
  model: string | undefined
  /** Whether the upstream takes `stream_options`, so that usage can be asked for. */
  asksForUsage: boolean
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
  /** What its form asks for beside what every connection has, in this order. */
  readonly fields: readonly ConnectionField[]
  /** What the base URL usually is; null where every installation has its own. */
  readonly baseUrlDefault: string | null
  /** Whether it usually takes a key. */
  readonly authDefault: 'key' | 'none'
  /** Whether thinking is switched on and off in its own words; without it, by effort alone. */
  readonly reasoningControl?: 'think'
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
  /**
   * What of the request's options this kind of API cannot do, where going without it would change
   * the answer's meaning; null when it can do all. What only tunes an answer is left out silently.
   */
  unsupported?(request: ProviderRequest): keyof CallOptions | null
  /** The vectors of some texts; absent where this kind of API has none. */
  embed?(
    request: EmbeddingRequest,
    connection: ProviderConnection,
    upstream: Upstream,
  ): Promise<Embedded>
  /** Whether this kind of API answers there at all, for an address nobody has tried; throws if not. */
  probe?(connection: ProviderConnection, upstream: Upstream): Promise<void>
  /** Where requests in OpenAI's own dialect go as they came; absent where they are translated. */
  readonly passes?: {
    chat?(connection: ProviderConnection, rawId: string): PassedCall
    embeddings?(connection: ProviderConnection, rawId: string): PassedCall
    responses?(connection: ProviderConnection, rawId: string): PassedCall
  }
  /** Every page of the provider's list, at most 5,000 models. */
  listModels(connection: ProviderConnection, upstream: Upstream): Promise<ListedModel[]>
  /** Its list is what the connection names: that it can be had proves nothing. */
  readonly listsLocally?: true
  /** The raw ids a connection names, as models; without it, each is what it says. */
  modelsOf?(modelIds: readonly string[]): ListedModel[]
}
