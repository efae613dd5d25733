import type { ProviderId } from '../../contract/connections.ts'
import { fieldsOf, jsonIn, listOf, textOf, type Fields } from '../../providers/narrow.ts'
import { faultOfError } from '../../providers/provider-faults.ts'
import { dataOf } from '../event-blocks.ts'
import { PassedReader } from '../passed-reader.ts'
import { isLast, type ResponseEvent } from './fold-response.ts'
import { noteEvent, type PassedOptions } from './note-event.ts'
import { packCarried } from './pack-carried.ts'
import { frameOf } from './response-frames.ts'
import { itemId, type Item } from './response-items.ts'
import type { ResponseObject } from './response-object.ts'

interface KeptOptions extends PassedOptions {
  provider: ProviderId
  /** The response as it was opened here, and the number of the next event. */
  response: ResponseObject
  sequence: number
  tellsPacked: boolean
}

const opening = /^response\.(created|queued|in_progress)$/
/** Anything else would be read as more than the name of an event. */
const eventName = /^[\w.]+$/
/** What a response that is kept here says of itself, whatever the upstream says. */
const own = ['id', 'created_at', 'model', 'background', 'store', 'previous_response_id'] as const

/**
 * The stream of a response that is kept here: numbered after its first events, and with ids by which
 * the response and each of its items can be found.
 */
export class PassedKeptResponse extends PassedReader {
  readonly #options: KeptOptions
  /** The ids items have here, by those of the upstream. */
  readonly #ids = new Map<string, string>()
  #sequence: number
  #isWhole = false
  /** Reasoning items as the upstream has sealed them, by the ids they have here. */
  readonly packed = new Map<string, string>()

  constructor(options: KeptOptions) {
    super()
    this.#options = options
    this.#sequence = options.sequence
  }

  get isWhole(): boolean {
    return this.#isWhole
  }

  get isOver(): boolean {
    return this.#isWhole
  }

  /** Frames are counted, and a comment is none of them. */
  protected override comment(): string {
    return ''
  }

  protected event(block: string): string {
    const event = fieldsOf(jsonIn(dataOf(block))) as ResponseEvent | null
    return event ? this.#numbered(event) : ''
  }

  #numbered(event: ResponseEvent): string {
    noteEvent(event, this.#options)
    const { type, item_id: theirs, output_index: index } = event
    if (!eventName.test(textOf(type)) || opening.test(type)) return ''
    const response = fieldsOf(event.response)
    // A failure is told in words of one's own, and may be worth another try.
    if (type === 'response.failed') {
      throw faultOfError(response?.error ?? 'The response failed.', this.#options.secrets, 502)
    }
    if (isLast(event)) this.#isWhole = true
    const item = fieldsOf(event.item)
    return frameOf({
      ...event,
      sequence_number: this.#sequence++,
      ...(typeof theirs === 'string' && { item_id: this.#ids.get(theirs) ?? theirs }),
      ...(item && { item: this.#item(item, index) }),
      ...(response && { response: this.#owned(response) }),
    })
  }

  /** What an upstream leaves out is as it was opened here. */
  #owned(response: Fields): Fields {
    const { response: opened } = this.#options
    const mine = Object.fromEntries(own.map((name) => [name, opened[name]]))
    const output = listOf(response.output).map((item, index) => this.#item(item as Item, index))
    return { ...opened, ...response, ...mine, output }
  }

  /**
   * What is sealed goes with the next turn, in the item it came in: a seal may hold its id. The caller
   * is told it only where that was asked for.
   */
  #item(item: Fields, index: unknown): Item {
    const { provider, tellsPacked } = this.#options
    const id = this.#idOf(item, index)
    if (item.type !== 'reasoning') return { ...item, id } as Item
    const { encrypted_content: sealed, ...told } = item
    const packed = textOf(sealed) === '' ? undefined : packCarried(provider, [item])
    if (packed !== undefined) this.packed.set(id, packed)
    return { ...told, id, ...(tellsPacked && { encrypted_content: packed }) } as unknown as Item
  }

  /** An item keeps the id it got when it was told first; one without a name is known by its place. */
  #idOf({ id: theirs, type }: Fields, index: unknown): string {
    const name = textOf(theirs)
    const known = name === '' ? undefined : this.#ids.get(name)
    if (known !== undefined) return known
    const place = Number.isInteger(index) ? Number(index) : this.#ids.size
    const id = itemId(textOf(type), this.#options.response.id, place)
    if (name !== '') this.#ids.set(name, id)
    return id
  }
}
