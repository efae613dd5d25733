import type { FinishReason } from '../contract/parts.ts'
import type { Fault } from '../platform/fault.ts'
import { finishReasonOf } from './finish-reason.ts'
import { lastEvents } from './last-events.ts'
import { fieldsOf, listOf, textOf, type Fields } from './narrow.ts'
import { hasList, type ReplyReader } from './play-reply.ts'
import type { ProviderEvent } from './provider.ts'
import { errorIn, faultOfError } from './provider-faults.ts'
import { ToolCallAssembly } from './tool-calls.ts'
import { usageOf } from './usage.ts'

/**
 * One reply in the making: fed with chunks of a stream or with one whole completion, it says what
 * each means. Everything in a chunk may be absent, null or empty, so nothing is taken for granted.
 */
export class ChatReply implements ReplyReader {
  readonly #secrets: readonly string[]
  readonly #calls = new ToolCallAssembly()
  #reason: FinishReason | null = null
  #raw: string | null = null
  #hasText = false
  /** DeepSeek refuses the next turn of a tool loop without the reasoning of this one. */
  readonly #reasoningContent: string[] = []
  #category: string | null = null
  #fault: Fault | null = null

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets
  }

  isCompletion(body: unknown): boolean {
    return hasList(body, 'choices')
  }

  /** Whether the provider said why the reply ended. */
  get isFinished(): boolean {
    return this.#reason !== null
  }

  /** The provider's own error, once a chunk held one; what that chunk held besides still counts. */
  get fault(): Fault | null {
    return this.#fault
  }

  /** What a whole completion says; some leave an empty delta beside its message. */
  readCompletion(completion: unknown): ProviderEvent[] {
    const choice = firstChoice(fieldsOf(completion)?.choices)
    return this.#read(completion, 'message', choice?.message ? { ...choice, delta: null } : choice)
  }

  /** What one chunk of a stream says, in its order. `name` is the name of its event. */
  readChunk(chunk: unknown, name: string): ProviderEvent[] {
    return this.#read(chunk, name, firstChoice(fieldsOf(chunk)?.choices))
  }

  #read(chunk: unknown, name: string, choice: Fields | null): ProviderEvent[] {
    const events: ProviderEvent[] = []
    const fields = fieldsOf(chunk)
    if (choice) this.#readChoice(choice, events)
    const usage = fields && usageOf(fields.usage ?? fieldsOf(fields.x_groq)?.usage ?? choice?.usage)
    if (usage) events.push({ type: 'usage', usage })
    const error = errorIn(chunk, name) ?? choice?.error
    if (error) this.#fault = faultOfError(error, this.#secrets)
    else if (this.#raw === 'error') this.#fault = faultOfError('finish reason "error"', [], 502)
    return events
  }

  /** The end of a reply that is whole: its tool calls and why it stopped. */
  end(): ProviderEvent[] {
    const reasoning = this.#reasoningContent.join('')
    return lastEvents({
      calls: this.#calls.take(),
      reason: this.#reason,
      raw: this.#raw,
      hasText: this.#hasText,
      category: this.#category,
      carried: reasoning === '' ? [] : [{ reasoning_content: reasoning }],
    })
  }

  #readChoice(choice: Fields, events: ProviderEvent[]): void {
    const delta = fieldsOf(choice.delta)
    if (delta) {
      this.#readText(delta, events)
      if (listOf(delta.tool_calls).length > 0) this.#calls.addDeltas(delta.tool_calls)
      else if (delta.function_call) this.#calls.addLegacy(delta.function_call)
    }
    // Some streams repeat the text so far as a message beside each delta.
    const message = delta ? null : fieldsOf(choice.message)
    if (message && !this.#hasText) {
      this.#readText(message, events)
      if (listOf(message.tool_calls).length > 0) this.#calls.addWhole(message.tool_calls)
      else if (message.function_call) this.#calls.addLegacy(message.function_call)
    }
    const raw = textOf(choice.finish_reason)
    if (raw !== '') {
      this.#raw = raw
      this.#reason = finishReasonOf(raw)
    }
    if (choice.content_filter_results) this.#category ??= filteredBy(choice.content_filter_results)
  }

  #readText(delta: Fields, events: ProviderEvent[]): void {
    const own = textOf(delta.reasoning_content)
    if (own !== '') this.#reasoningContent.push(own)
    const reasoning =
      own ||
      textOf(delta.reasoning) ||
      (delta.reasoning_details ? textOfDetails(delta.reasoning_details) : '')
    if (reasoning !== '') events.push({ type: 'reasoning', content: reasoning })
    const { content } = delta
    if (typeof content === 'string') this.#show(content, events)
    else if (Array.isArray(content)) this.#readParts(content, reasoning !== '', events)
    const refusal = textOf(delta.refusal)
    if (refusal !== content) this.#show(refusal, events)
  }

  #readParts(parts: readonly unknown[], isReasoned: boolean, events: ProviderEvent[]): void {
    for (const part of parts) {
      const fields = fieldsOf(part)
      if (!fields) this.#show(textOf(part), events)
      else if (fields.type === 'thinking' || fields.type === 'reasoning') {
        const thought = textOfThinking(fields.thinking ?? fields.reasoning ?? fields.text)
        if (thought !== '' && !isReasoned) events.push({ type: 'reasoning', content: thought })
      } else this.#show(textOf(fields.text) || textOf(fields.refusal), events)
    }
  }

  #show(content: string, events: ProviderEvent[]): void {
    if (content === '') return
    this.#hasText = true
    events.push({ type: 'content', content })
  }
}

/** The choice of the first candidate; some servers leave its index out. */
function firstChoice(choices: unknown): Fields | null {
  for (const choice of listOf(choices)) {
    const fields = fieldsOf(choice)
    if (fields && (fields.index ?? 0) === 0) return fields
  }
  return null
}

function textOfDetails(details: unknown): string {
  return listOf(details)
    .map((detail) => {
      const fields = fieldsOf(detail)
      return textOf(fields?.text) || textOf(fields?.summary)
    })
    .join('')
}

function textOfThinking(thinking: unknown): string {
  if (typeof thinking === 'string') return thinking
  return listOf(thinking)
    .map((part) => textOf(fieldsOf(part)?.text))
    .join('')
}

/** The first category of a filter's verdict that did filter. */
function filteredBy(results: unknown): string | null {
  const found = Object.entries(fieldsOf(results) ?? {}).find(
    ([, verdict]) => fieldsOf(verdict)?.filtered === true,
  )
  return found?.[0] ?? null
}
