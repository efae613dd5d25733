import { tokensOf } from '../../chat/tokens.ts'
import type { Fault } from '../../platform/fault.ts'
import { fieldsOf, jsonIn } from '../../providers/narrow.ts'
import { errorIn, faultOfError } from '../../providers/provider-faults.ts'
import { usageOf } from '../../providers/usage.ts'
import type { CallAccount } from '../call-account.ts'
import { dataOf, EventBlocks } from '../event-blocks.ts'
import type { PassedReader } from '../pass-on.ts'

interface PassedStreamOptions {
  /** The name the caller knows the model by. */
  model: string
  /** Whether the caller asked for the chunk that holds the usage. */
  includeUsage: boolean
  /** What must not be repeated to anybody. */
  secrets: readonly string[]
  account: CallAccount
}

/** The model of a chunk; quotes inside a text are escaped, so this is never part of one. */
const modelField = /"model"\s*:\s*"(?:[^"\\]|\\.)*"/
const textField =
  /"(?:content|reasoning|reasoning_content|refusal|arguments)"\s*:\s*"((?:[^"\\]|\\.)+)"/g
/** Some send a usage of null with every chunk, which is not worth reading. */
const usageField = /"usage"\s*:\s*\{/

/**
 * An upstream's stream on its way through: byte for byte, save for the name of the model and the
 * usage nobody asked for. Reads along as much as the charge needs.
 */
export class PassedStream implements PassedReader {
  readonly #options: PassedStreamOptions
  readonly #blocks = new EventBlocks()
  #isWhole = false
  #isOver = false
  #modelSeen = ''

  constructor(options: PassedStreamOptions) {
    this.#options = options
  }

  /** True with the finish reason; usage may still come. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** What of `text` and the rest before it can go on: whole events only. Throws the upstream's error. */
  take(text: string): string {
    let passed = ''
    for (const block of this.#blocks.take(text)) if (!this.#isOver) passed += this.#event(block)
    return passed
  }

  #event(block: string): string {
    const at = block.indexOf('data:')
    // A comment, or fields of the stream's own.
    if (at < 0 || (at > 0 && block[at - 1] !== '\n')) return block
    if (block.includes('[DONE]') && dataOf(block).trim() === '[DONE]') {
      this.#isWhole = true
      this.#isOver = true
      return block
    }
    this.#read(block)
    if (usageField.test(block) && this.#isUsageUnasked(block)) return ''
    return this.#renamed(block)
  }

  #read(block: string): void {
    const { account } = this.#options
    let tokens = 0
    for (let found = textField.exec(block); found; found = textField.exec(block)) {
      tokens += tokensOf(found[1] ?? '')
    }
    if (tokens > 0 || block.includes('"tool_calls":[')) account.produce(tokens)
    if (/"finish_reason"\s*:\s*"/.test(block)) this.#isWhole = true
    if (block.includes('"error"') && !block.includes('"choices"')) throw this.#errorIn(block)
  }

  #errorIn(block: string): Fault {
    const data = jsonIn(dataOf(block))
    return faultOfError(errorIn(data, 'message') ?? data, this.#options.secrets)
  }

  #isUsageUnasked(block: string): boolean {
    const chunk = fieldsOf(jsonIn(dataOf(block)))
    const usage = usageOf(chunk?.usage ?? fieldsOf(chunk?.x_groq)?.usage)
    if (usage === null) return false
    this.#options.account.usage = usage
    const isAlone = Array.isArray(chunk?.choices) && chunk.choices.length === 0
    return isAlone && !this.#options.includeUsage
  }

  /** All chunks of a stream bear one model, so it is looked for once. */
  #renamed(block: string): string {
    const known = this.#modelSeen
    if (known === '' || !block.includes(known)) this.#modelSeen = modelField.exec(block)?.[0] ?? ''
    if (this.#modelSeen === '') return block
    return block.replace(this.#modelSeen, () => `"model":${JSON.stringify(this.#options.model)}`)
  }
}
