import { fieldsOf, jsonIn } from '../../providers/narrow.ts'
import { dataOf } from '../event-blocks.ts'
import { PassedReader } from '../passed-reader.ts'
import { renamed } from '../rename-model.ts'
import { foldResponse, isLast, type ResponseEvent } from './fold-response.ts'
import { noteEvent, type PassedOptions } from './note-event.ts'
import { frameOf } from './response-frames.ts'
import type { ResponseObject } from './response-object.ts'

/** An upstream's stream that nobody keeps: as it came, save for the name of the model. */
export class PassedResponse extends PassedReader {
  readonly #options: PassedOptions
  #isWhole = false
  /** What the response has come to, and the number of the next event. */
  response: ResponseObject | null = null
  sequence = 0

  constructor(options: PassedOptions) {
    super()
    this.#options = options
  }

  get isWhole(): boolean {
    return this.#isWhole
  }

  get isOver(): boolean {
    return this.#isWhole
  }

  protected event(block: string): string {
    const event = fieldsOf(jsonIn(dataOf(block))) as ResponseEvent | null
    if (!event) return block
    noteEvent(event, this.#options)
    if (isLast(event)) this.#isWhole = true
    if (typeof event.sequence_number === 'number') this.sequence = event.sequence_number + 1
    const told = fieldsOf(event.response)
    const response = told && ({ ...told, model: this.#options.model } as ResponseObject)
    const passed = response ? { ...event, response } : event
    this.response = this.response ? foldResponse(this.response, passed) : response
    if (!response) return block
    const { model } = this.#options
    const isRight = (text: string) => {
      const event = fieldsOf(jsonIn(dataOf(text)))
      return fieldsOf(event?.response)?.model === model
    }
    return renamed(block, model, isRight) ?? frameOf(passed)
  }
}
