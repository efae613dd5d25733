import { tokensOf } from '../../chat/tokens.ts'
import { fieldsOf, jsonIn, listOf, textOf, type Fields } from '../../providers/narrow.ts'
import { errorIn, faultOfError } from '../../providers/provider-faults.ts'
import { usageOf } from '../../providers/usage.ts'
import type { CallAccount } from '../call-account.ts'
import { EventBlocks } from '../event-blocks.ts'
import type { PassedReader } from '../pass-on.ts'
import { foldResponse, isLast, type ResponseEvent } from './fold-response.ts'
import { frameOf } from './response-frames.ts'
import type { Item } from './response-items.ts'
import type { ResponseObject } from './response-object.ts'

interface PassedOptions {
  /** The name the caller knows the model by. */
  model: string
  /** What must not be repeated to anybody. */
  secrets: readonly string[]
  account: CallAccount
}

/** The JSON of an event. Only these line ends part its fields; others may stand inside a text. */
const dataOf = (block: string) =>
  jsonIn(
    block
      .split(/\r?\n/)
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice('data:'.length))
      .join('\n'),
  )

/** Counts what a call is charged for. Throws the upstream's error. */
function note(event: Fields, { account, secrets }: PassedOptions): void {
  if (typeof event.delta === 'string') account.produce(tokensOf(event.delta))
  const response = fieldsOf(event.response)
  const usage = usageOf(response?.usage)
  if (usage) account.usage = usage
  // Some send an error as they would for a chat completion, without a type.
  const isError = event.type === 'error' || (typeof event.type !== 'string' && event.error)
  if (isError) throw faultOfError(errorIn(event, 'error'), secrets)
  if (listOf(response?.output).length > 0) account.produce(0)
}

/** An upstream's stream that nobody keeps: as it came, save for the name of the model. */
export class PassedResponse implements PassedReader {
  readonly #options: PassedOptions
  readonly #blocks = new EventBlocks()
  #isWhole = false
  /** What the response has come to, and the number of the next event. */
  response: ResponseObject | null = null
  sequence = 0

  constructor(options: PassedOptions) {
    this.#options = options
  }

  get isWhole(): boolean {
    return this.#isWhole
  }

  take(text: string): string {
    let passed = ''
    for (const block of this.#blocks.take(text)) passed += this.#event(block)
    return passed
  }

  #event(block: string): string {
    const event = fieldsOf(dataOf(block)) as ResponseEvent | null
    if (!event) return block
    note(event, this.#options)
    if (isLast(event)) this.#isWhole = true
    if (typeof event.sequence_number === 'number') this.sequence = event.sequence_number + 1
    const told = fieldsOf(event.response)
    const response = told && ({ ...told, model: this.#options.model } as ResponseObject)
    const passed = response ? { ...event, response } : event
    this.response = this.response ? foldResponse(this.response, passed) : response
    return response ? frameOf(passed) : block
  }
}

interface KeptOptions extends PassedOptions {
  /** The response as it was opened here, and the number of the next event. */
  response: ResponseObject
  sequence: number
  tellsSealed: boolean
}

const opening = /^response\.(created|queued|in_progress)$/
/** What a response that is kept here says of itself, whatever the upstream says. */
const own = ['id', 'created_at', 'model', 'background', 'store', 'previous_response_id'] as const

/** The stream of a response that is kept here: of its own id, and numbered after its first events. */
export class PassedKeptResponse implements PassedReader {
  readonly #options: KeptOptions
  readonly #blocks = new EventBlocks()
  #sequence: number
  #isWhole = false
  /** What the upstream has sealed of its reasoning, by the item it belongs to. */
  readonly packed = new Map<string, string>()

  constructor(options: KeptOptions) {
    this.#options = options
    this.#sequence = options.sequence
  }

  get isWhole(): boolean {
    return this.#isWhole
  }

  take(text: string): string {
    let passed = ''
    for (const block of this.#blocks.take(text)) {
      const event = fieldsOf(dataOf(block)) as ResponseEvent | null
      if (event && !this.#isWhole) passed += this.#event(event)
    }
    return passed
  }

  #event(event: ResponseEvent): string {
    note(event, this.#options)
    if (typeof event.type !== 'string' || opening.test(event.type)) return ''
    const response = fieldsOf(event.response)
    // A failure is told in words of one's own, and may be worth another try.
    if (event.type === 'response.failed') {
      throw faultOfError(response?.error ?? 'The response failed.', this.#options.secrets, 502)
    }
    if (isLast(event)) this.#isWhole = true
    const told = {
      ...event,
      sequence_number: this.#sequence++,
      ...(fieldsOf(event.item) && { item: this.#unsealed(event.item as Item) }),
      ...(response && { response: this.#owned(response) }),
    }
    return frameOf(told)
  }

  #owned(response: Fields): Fields {
    const mine = Object.fromEntries(own.map((name) => [name, this.#options.response[name]]))
    const output = listOf(response.output).map((item) => this.#unsealed(item as Item))
    return { ...response, ...mine, output }
  }

  /** What is sealed goes with the next turn; the caller is told it only where that was asked for. */
  #unsealed(item: Item): Item {
    const { encrypted_content: sealed, ...rest } = item
    if (item.type !== 'reasoning' || textOf(sealed) === '') return item
    this.packed.set(item.id, textOf(sealed))
    return this.#options.tellsSealed ? item : (rest as Item)
  }
}
