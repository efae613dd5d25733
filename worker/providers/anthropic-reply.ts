import type { FinishReason } from '../contract/parts.ts'
import type { Fault } from '../platform/fault.ts'
import { finishReasonOf } from './finish-reason.ts'
import { lastEvents } from './last-events.ts'
import { countOf, fieldsOf, listOf, textOf, type Fields } from './narrow.ts'
import { hasList, type ReplyReader } from './play-reply.ts'
import type { ProviderEvent, ProviderUsage } from './provider.ts'
import { errorIn, faultOfError } from './provider-faults.ts'
import { ToolCallAssembly } from './tool-calls.ts'
import { countedUsage } from './usage.ts'

/** One content block while it is open. */
interface Block {
  type: string
  /** Thinking so far, joined once. */
  thinking: string[]
  signature: string
  /** Arguments that came with the start, in case no delta brings them. */
  input: unknown
  /** Thinking that only the provider can read. */
  data: unknown
}

const ownReasons: Record<string, FinishReason> = {
  refusal: 'content_filter',
  model_context_window_exceeded: 'length',
}

/** One reply in the making: typed events, each about one of several blocks that may be open at once. */
export class AnthropicReply implements ReplyReader {
  readonly #secrets: readonly string[]
  readonly #calls = new ToolCallAssembly()
  readonly #open = new Map<unknown, Block>()
  #counts: Fields = {}
  #reason: FinishReason | null = null
  #raw: string | null = null
  #hasText = false
  #isOver = false
  #category: string | null = null
  #fault: Fault | null = null

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets
  }

  get isFinished(): boolean {
    return this.#isOver || this.#reason !== null
  }

  get fault(): Fault | null {
    return this.#fault
  }

  isCompletion(body: unknown): boolean {
    return hasList(body, 'content')
  }

  readCompletion(completion: unknown): ProviderEvent[] {
    const error = errorIn(completion, 'message')
    if (error) this.#fault = faultOfError(error, this.#secrets)
    const message = fieldsOf(completion)
    if (!message || error) return []
    const events = listOf(message.content).flatMap((content, index) => [
      ...this.#start(index, fieldsOf(content)),
      ...this.#stop(index),
    ])
    return [...events, ...this.#readEnd(message, message.usage)]
  }

  readChunk(chunk: unknown, name: string): ProviderEvent[] {
    const error = errorIn(chunk, name)
    if (error) this.#fault = faultOfError(error, this.#secrets)
    const fields = fieldsOf(chunk)
    if (!fields || error || this.#isOver) return []
    switch (textOf(fields.type) || name) {
      case 'message_start':
        return this.#readUsage(fieldsOf(fields.message)?.usage)
      case 'content_block_start':
        return this.#start(fields.index, fieldsOf(fields.content_block))
      case 'content_block_delta':
        return this.#readDelta(fields.index, fieldsOf(fields.delta))
      case 'content_block_stop':
        return this.#stop(fields.index)
      case 'message_delta':
        return this.#readEnd(fieldsOf(fields.delta), fields.usage)
      case 'message_stop':
        this.#isOver = true
        return []
      case 'message':
        return this.readCompletion(fields)
      default:
        // A ping, or what the API learned since.
        return []
    }
  }

  end(): ProviderEvent[] {
    const unstopped = [...this.#open.keys()].flatMap((index) => this.#stop(index))
    return [
      ...unstopped,
      ...lastEvents({
        calls: this.#calls.take(),
        reason: this.#reason,
        raw: this.#raw,
        hasText: this.#hasText,
        category: this.#category,
      }),
    ]
  }

  #start(index: unknown, content: Fields | null): ProviderEvent[] {
    if (!content) return []
    const unstopped = this.#stop(index)
    const type = textOf(content.type)
    const signature = textOf(content.signature)
    const { input, data } = content
    this.#open.set(index, { type, thinking: [], signature, input, data })
    if (type === 'tool_use') {
      const { id, name } = content
      this.#calls.addDeltas([{ index, id, function: { name } }])
    }
    return [...unstopped, ...this.#readDelta(index, content)]
  }

  #readDelta(index: unknown, delta: Fields | null): ProviderEvent[] {
    const block = this.#open.get(index)
    switch (delta?.type) {
      case 'text':
      case 'text_delta':
        return this.#show(textOf(delta.text))
      case 'thinking':
      case 'thinking_delta': {
        const content = textOf(delta.thinking)
        block?.thinking.push(content)
        return content === '' ? [] : [{ type: 'reasoning', content }]
      }
      case 'signature_delta':
        if (block) block.signature += textOf(delta.signature)
        return []
      case 'input_json_delta':
        if (block?.type === 'tool_use') this.#addArguments(index, block, delta.partial_json)
        return []
      default:
        return []
    }
  }

  #addArguments(index: unknown, block: Block, piece: unknown): void {
    if (textOf(piece) === '') return
    block.input = null
    this.#calls.addDeltas([{ index, function: { arguments: piece } }])
  }

  #stop(index: unknown): ProviderEvent[] {
    const block = this.#open.get(index)
    if (!block) return []
    this.#open.delete(index)
    const { type, signature, data } = block
    if (type === 'tool_use' && block.input) {
      this.#calls.addDeltas([{ index, function: { arguments: block.input } }])
    } else if (type === 'thinking' && signature !== '') {
      const thinking = block.thinking.join('')
      return [{ type: 'carry', carried: { type, thinking, signature } }]
    } else if (type === 'redacted_thinking' && data) {
      return [{ type: 'carry', carried: { type, data } }]
    }
    return []
  }

  #readEnd(end: Fields | null, usage: unknown): ProviderEvent[] {
    const raw = textOf(end?.stop_reason)
    if (raw !== '') {
      this.#raw = raw
      this.#reason = ownReasons[raw] ?? finishReasonOf(raw)
      this.#category = textOf(fieldsOf(end?.stop_details)?.category) || null
    }
    return this.#readUsage(usage)
  }

  /** Each report brings the counts that changed. */
  #readUsage(reported: unknown): ProviderEvent[] {
    const told = Object.entries(fieldsOf(reported) ?? {}).filter(([, value]) => value !== null)
    if (told.length === 0) return []
    this.#counts = { ...this.#counts, ...Object.fromEntries(told) }
    const usage = usageOf(this.#counts)
    return usage ? [{ type: 'usage', usage }] : []
  }

  #show(content: string): ProviderEvent[] {
    if (content === '') return []
    this.#hasText = true
    return [{ type: 'content', content }]
  }
}

/** What was read from a cache or written to one is counted apart there, and is input here. */
function usageOf(counts: Fields): ProviderUsage | null {
  const uncached = countOf(counts.input_tokens)
  const cachedTokens = countOf(counts.cache_read_input_tokens)
  const written = countOf(counts.cache_creation_input_tokens) ?? 0
  const inputTokens = uncached === null ? null : uncached + (cachedTokens ?? 0) + written
  return countedUsage({
    inputTokens,
    outputTokens: countOf(counts.output_tokens),
    reasoningTokens: countOf(fieldsOf(counts.output_tokens_details)?.thinking_tokens),
    cachedTokens,
    totalTokens: null,
  })
}
