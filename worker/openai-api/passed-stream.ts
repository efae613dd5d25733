import { tokensOf } from '../chat/tokens.ts'
import type { Fault } from '../platform/fault.ts'
import { fieldsOf, jsonIn } from '../providers/narrow.ts'
import { badReply, errorIn, faultOfError } from '../providers/provider-faults.ts'
import { usageOf } from '../providers/usage.ts'
import type { CallAccount } from './call-account.ts'

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
/** What one event may hold back before it ends; providers send a megabyte at the very most. */
const heldCharactersMax = 8 * 1024 * 1024
const blockEnd = /\r?\n\r?\n/

/**
 * An upstream's stream on its way through: byte for byte, save for the name of the model and the
 * usage nobody asked for. Reads along as much as the charge needs.
 */
export class PassedStream {
  readonly #options: PassedStreamOptions
  #rest = ''
  #isWhole = false
  #modelSeen = ''

  constructor(options: PassedStreamOptions) {
    this.#options = options
  }

  /** Whether the upstream has said that its answer is over. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /** What of `text` and the rest before it can go on: whole events only. Throws the upstream's error. */
  take(text: string): string {
    this.#rest += text
    let passed = ''
    for (;;) {
      const end = blockEnd.exec(this.#rest)
      if (!end) {
        if (this.#rest.length > heldCharactersMax) throw badReply('an event of more than 8 MB')
        return passed
      }
      const length = end.index + end[0].length
      passed += this.#event(this.#rest.slice(0, length))
      this.#rest = this.#rest.slice(length)
    }
  }

  #event(block: string): string {
    const at = block.indexOf('data:')
    // A comment, or fields of the stream's own.
    if (at < 0 || (at > 0 && block[at - 1] !== '\n')) return block
    if (/^data: ?\[DONE\]/m.test(block)) {
      this.#isWhole = true
      return block
    }
    this.#read(block)
    if (block.includes('"usage"') && this.#isUsageUnasked(block)) return ''
    return this.#renamed(block)
  }

  #read(block: string): void {
    const { account } = this.#options
    let tokens = 0
    for (const [, text = ''] of block.matchAll(textField)) tokens += tokensOf(text)
    if (tokens > 0 || block.includes('"tool_calls":[')) account.produce(tokens)
    if (/"finish_reason"\s*:\s*"/.test(block)) this.#isWhole = true
    if (block.includes('"error"') && !block.includes('"choices"')) throw this.#errorIn(block)
  }

  #errorIn(block: string): Fault {
    const data = jsonIn(block.replace(/^data: ?/gm, ''))
    return faultOfError(errorIn(data, 'message') ?? data, this.#options.secrets)
  }

  #isUsageUnasked(block: string): boolean {
    const chunk = fieldsOf(jsonIn(block.replace(/^data: ?/gm, '')))
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
