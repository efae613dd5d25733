import { fieldsOf, jsonIn } from '../../providers/narrow.ts'
import { dataOf, EventBlocks } from '../event-blocks.ts'
import type { PassedReader } from '../pass-on.ts'
import { foldResponse, isLast, type ResponseEvent } from './fold-response.ts'
import { noteEvent, type PassedOptions } from './note-event.ts'
import { frameOf } from './response-frames.ts'
import type { ResponseObject } from './response-object.ts'

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

  get isOver(): boolean {
    return this.#isWhole
  }

  take(text: string): string {
    let passed = ''
    for (const block of this.#blocks.take(text)) if (!this.#isWhole) passed += this.#event(block)
    return passed
  }

  #event(block: string): string {
    const event = fieldsOf(jsonIn(dataOf(block))) as ResponseEvent | null
    if (!event) return block
    noteEvent(event, this.#options)
    if (isLast(event)) this.#isWhole = true
    if (typeof event.sequence_number === 'number') this.sequence = event.sequence_number + 1
    const told = fieldsOf(event.response)
    const response = told && ({ ...told, model: this.#options.model } as ResponseObject)
    const passed = response ? { ...event, response } : event
    this.response = this.response ? foldResponse(this.response, passed) : response
    return response ? frameOf(passed) : block
  }
}
