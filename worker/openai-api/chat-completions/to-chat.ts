import type { FinishReason } from '../../contract/parts.ts'
import type { ProviderEvent, ProviderUsage, ToolCall } from '../../providers/provider.ts'
import type { OpenAiError } from '../openai-error.ts'
import { completionUsage } from '../openai-usage.ts'

/** What every piece of one reply bears, the same from its first to its last. */
export interface ChatHead {
  /** `chatcmpl-…` */
  id: string
  /** In seconds. */
  created: number
  /** The name the caller knows the model by. */
  model: string
}

export type ChatFinish = 'stop' | 'length' | 'tool_calls' | 'content_filter'

interface ChunkOptions {
  /** Whether the caller asked to be told what it used. */
  includeUsage: boolean
}

/** The frames of one streamed reply, as OpenAI's server-sent events. */
export class ChatChunks {
  readonly #includeUsage: boolean
  /** A chunk up to its choices, which is the same in all of them. */
  readonly #opening: string
  readonly #closing: string
  #usage: ProviderUsage | null = null
  #calls = 0
  #hasBegun = false

  constructor({ id, created, model }: ChatHead, { includeUsage }: ChunkOptions) {
    const head = JSON.stringify({ id, object: 'chat.completion.chunk', created, model })
    this.#includeUsage = includeUsage
    this.#opening = `data: ${head.slice(0, -1)},"choices":[`
    // Who asked for usage is told in every chunk but the last that there is none yet.
    this.#closing = includeUsage ? '],"usage":null}\n\n' : ']}\n\n'
  }

  /** What one event adds to the stream; empty where it adds nothing. */
  take(event: ProviderEvent): string {
    switch (event.type) {
      case 'content':
        return this.#delta({ content: event.content })
      case 'reasoning':
        return this.#delta({ reasoning_content: event.content })
      case 'tool-call':
        return this.#delta({ tool_calls: [{ index: this.#calls++, ...callOf(event.call) }] })
      case 'usage':
        this.#usage = event.usage
        return ''
      case 'stop': {
        const role = this.#hasBegun ? '' : this.#delta({ content: '' })
        return role + this.#choice('{}', finishOf(event.reason, this.#calls > 0))
      }
      case 'carry':
      case 'without-stream-options':
        return ''
      default:
        return event satisfies never
    }
  }

  /** The last frames of a reply that is whole. `usage` is what was settled, else what was told. */
  end(usage: ProviderUsage | null = this.#usage): string {
    const told = JSON.stringify(completionUsage(usage))
    return `${this.#includeUsage ? `${this.#opening}],"usage":${told}}\n\n` : ''}data: [DONE]\n\n`
  }

  /** The last frame of a reply that broke. */
  fail(error: OpenAiError): string {
    return `data: ${JSON.stringify(error)}\n\n`
  }

  #delta(delta: object): string {
    if (this.#hasBegun) return this.#choice(JSON.stringify(delta), null)
    this.#hasBegun = true
    return this.#choice(JSON.stringify({ role: 'assistant', content: null, ...delta }), null)
  }

  #choice(delta: string, finish: ChatFinish | null): string {
    const reason = JSON.stringify(finish)
    return `${this.#opening}{"index":0,"delta":${delta},"logprobs":null,"finish_reason":${reason}}${this.#closing}`
  }
}

/** One reply collected into the body of a chat completion. */
export class ChatCompletion {
  readonly #head: ChatHead
  readonly #text: string[] = []
  readonly #reasoning: string[] = []
  readonly #calls: ToolCall[] = []
  #usage: ProviderUsage | null = null
  #finish: ChatFinish = 'stop'

  constructor(head: ChatHead) {
    this.#head = head
  }

  take(event: ProviderEvent): void {
    if (event.type === 'content') this.#text.push(event.content)
    else if (event.type === 'reasoning') this.#reasoning.push(event.content)
    else if (event.type === 'tool-call') this.#calls.push(event.call)
    else if (event.type === 'usage') this.#usage = event.usage
    else if (event.type === 'stop') this.#finish = finishOf(event.reason, this.#calls.length > 0)
  }

  /** The whole body. `usage` is what was settled, else what was told. */
  body(usage: ProviderUsage | null = this.#usage): object {
    const { id, created, model } = this.#head
    const text = this.#text.join('')
    const reasoning = this.#reasoning.join('')
    const hasCalls = this.#calls.length > 0
    const message = {
      role: 'assistant',
      content: text === '' && hasCalls ? null : text,
      refusal: null,
      ...(reasoning !== '' && { reasoning_content: reasoning }),
      ...(hasCalls && { tool_calls: this.#calls.map(callOf) }),
      annotations: [],
    }
    return {
      id,
      object: 'chat.completion',
      created,
      model,
      choices: [{ index: 0, message, logprobs: null, finish_reason: this.#finish }],
      usage: completionUsage(usage),
    }
  }
}

function callOf({ id, name, arguments: given }: ToolCall) {
  // No arguments at all are told as an empty object, because callers parse whatever they get.
  return { id, type: 'function', function: { name, arguments: given === '' ? '{}' : given } }
}

/** What the dialect has no word for is an end like any other. */
export function finishOf(reason: FinishReason, hasCalls: boolean): ChatFinish {
  if (reason !== 'other') return reason
  return hasCalls ? 'tool_calls' : 'stop'
}
