import type { FinishReason } from '../contract/parts.ts'
import { Fault } from '../platform/fault.ts'
import { finishReasonOf } from './finish-reason.ts'
import { countOf, fieldsOf, textOf, type Fields } from './narrow.ts'
import type { LineReader } from './play-lines.ts'
import type { ProviderEvent, ProviderUsage } from './provider.ts'
import { errorIn, faultOfError } from './provider-faults.ts'
import { ToolCallAssembly } from './tool-calls.ts'
import { countedUsage } from './usage.ts'

/** One reply of Ollama in the making, line by line; a reply in one piece is a single line. */
export class OllamaReply implements LineReader {
  readonly #secrets: readonly string[]
  readonly #calls = new ToolCallAssembly()
  readonly #thinking: string[] = []
  #raw: string | null = null
  #hasText = false
  #hasBegun = false
  #isFinished = false
  #fault: Fault | null = null

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets
  }

  get hasBegun(): boolean {
    return this.#hasBegun
  }

  get isFinished(): boolean {
    return this.#isFinished
  }

  get fault(): Fault | null {
    return this.#fault
  }

  readLine(line: unknown): ProviderEvent[] {
    const events: ProviderEvent[] = []
    const error = errorIn(line, 'message')
    if (error) this.#fault = faultOfLine(error, this.#secrets)
    const fields = fieldsOf(line)
    const message = fieldsOf(fields?.message)
    if (message) this.#readMessage(message, events)
    if (message || fields?.done === true) this.#hasBegun = true
    if (fields?.done === true) {
      this.#isFinished = true
      this.#raw = textOf(fields.done_reason) || null
      const usage = usageOf(fields)
      if (usage) events.push({ type: 'usage', usage })
    }
    return events
  }

  end(): ProviderEvent[] {
    const calls = this.#calls.take()
    const said: FinishReason = this.#raw === null ? 'other' : finishReasonOf(this.#raw)
    const hasNothing = !this.#hasText && calls.length === 0 && this.#thinking.length === 0
    // The model was loaded and asked nothing: the same question again is answered.
    if (this.#raw === 'load' && hasNothing) {
      const provider = { status: 200, message: 'done_reason "load"' }
      throw new Fault('provider_unavailable', { provider })
    }
    if (calls.length === 0) return [{ type: 'stop', reason: said, raw: this.#raw }]
    const thinking = this.#thinking.join('')
    return [
      ...calls.map((call) => ({ type: 'tool-call', call }) as const),
      ...(thinking === '' ? [] : [{ type: 'carry', carried: { thinking } } as const]),
      { type: 'stop', reason: said === 'length' ? said : 'tool_calls', raw: this.#raw },
    ]
  }

  #readMessage(message: Fields, events: ProviderEvent[]): void {
    const thinking = textOf(message.thinking)
    if (thinking !== '') {
      this.#thinking.push(thinking)
      events.push({ type: 'reasoning', content: thinking })
    }
    const content = textOf(message.content)
    if (content !== '') {
      this.#hasText = true
      events.push({ type: 'content', content })
    }
    this.#calls.addWhole(message.tool_calls)
  }
}

/** What breaks a reply that had been accepted is the server's doing, where its words tell no more. */
function faultOfLine(error: unknown, secrets: readonly string[]): Fault {
  const fault = faultOfError(error, secrets)
  return fault.code === 'provider_refused'
    ? new Fault('provider_unavailable', fault.members)
    : fault
}

/** A prompt that was still in memory is not counted again, so that a side may be missing. */
function usageOf(fields: Fields): ProviderUsage | null {
  return countedUsage({
    inputTokens: countOf(fields.prompt_eval_count),
    outputTokens: countOf(fields.eval_count),
    reasoningTokens: null,
    cachedTokens: null,
    totalTokens: null,
  })
}
