import { tokensOf } from '../../chat/tokens.ts'
import { fieldsOf, jsonIn, listOf, type Fields } from '../../providers/narrow.ts'
import { errorIn, faultOfError } from '../../providers/provider-faults.ts'
import { usageOf } from '../../providers/usage.ts'
import type { CallAccount } from '../call-account.ts'
import { dataOf } from '../event-blocks.ts'
import { PassedReader } from '../passed-reader.ts'

interface PassedStreamOptions {
  /** The name the caller knows the model by. */
  model: string
  /** Whether the caller asked for the chunk that holds the usage. */
  includeUsage: boolean
  /** How many answers it asked for. */
  choices: number
  /** What must not be repeated to anybody. */
  secrets: readonly string[]
  account: CallAccount
}

/** The model of a chunk; quotes inside a text are escaped, so this is never part of one. */
const modelField = /"model"\s*:\s*"(?:[^"\\]|\\.)*"/
const textField =
  /"(content|text|reasoning|reasoning_content|refusal|arguments)"\s*:\s*"((?:[^"\\]|\\.)+)"/g
const finishField = /"finish_reason"\s*:\s*"/
/** Some send a usage of null with every chunk, which is not worth reading. */
const usageField = /"usage"\s*:\s*\{/

/**
 * An upstream's stream on its way through: byte for byte, save for the name of the model and the
 * usage nobody asked for. Reads along as much as the charge needs.
 */
export class PassedStream extends PassedReader {
  readonly #options: PassedStreamOptions
  /** The answers that have their finish reason, by their index. */
  readonly #finished = new Set<unknown>()
  #isWhole = false
  #isOver = false
  #modelSeen = ''
  readonly #modelShown: string

  constructor(options: PassedStreamOptions) {
    super()
    this.#options = options
    this.#modelShown = `"model":${JSON.stringify(options.model)}`
  }

  /** True with the last finish reason; usage may still come. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  get isOver(): boolean {
    return this.#isOver
  }

  protected event(block: string): string {
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
    if (block.includes('"error"')) this.#requireNoError(block)
    const { account } = this.#options
    let tokens = 0
    let isThought = false
    for (let found = textField.exec(block); found; found = textField.exec(block)) {
      tokens += tokensOf(found[2] ?? '')
      isThought = found[1]?.startsWith('reasoning') === true
    }
    if (tokens > 0) account.produce(tokens, isThought)
    // A call without arguments, sound, and whatever else is no text: read until something has come.
    else if (!account.hasProduced && saysSomething(chunkIn(block))) account.produce(0)
    if (finishField.test(block)) this.#finish(block)
  }

  #finish(block: string): void {
    const { choices } = this.#options
    if (choices > 1) {
      for (const choice of listOf(chunkIn(block)?.choices)) {
        const { index, finish_reason: reason } = fieldsOf(choice) ?? {}
        if (typeof reason === 'string') this.#finished.add(index)
      }
    }
    this.#isWhole = choices <= 1 || this.#finished.size >= choices
  }

  /** Some send an error beside an empty choice, and some a chunk that is nothing else. */
  #requireNoError(block: string): void {
    const data = jsonIn(dataOf(block))
    const fields = fieldsOf(data)
    const isError = fields?.choices === undefined || (fields.error ?? null) !== null
    if (isError) throw faultOfError(errorIn(data, 'message') ?? data, this.#options.secrets)
  }

  #isUsageUnasked(block: string): boolean {
    const chunk = chunkIn(block)
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
    return block.replace(this.#modelSeen, () => this.#modelShown)
  }
}

function chunkIn(block: string): Fields | null {
  return fieldsOf(jsonIn(dataOf(block)))
}

/** Whether a chunk holds anything of an answer, in whatever field. */
function saysSomething(chunk: Fields | null): boolean {
  return listOf(chunk?.choices).some((choice) =>
    Object.entries(fieldsOf(fieldsOf(choice)?.delta) ?? {}).some(
      ([name, value]) => name !== 'role' && !isNothing(value),
    ),
  )
}

const isNothing = (value: unknown) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)
