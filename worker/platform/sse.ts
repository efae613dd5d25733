import { createParser } from 'eventsource-parser'
import type { ByteReader } from './bytes.ts'
import { Fault } from './fault.ts'

export interface SseEvent {
  /** `message` where the stream names none. */
  event: string
  data: string
}

/** What one event may hold back before it ends; providers send a megabyte at the very most. */
const heldCharactersMax = 8 * 1024 * 1024

/**
 * The events of an event stream, by the rules of the HTML standard, those of one read together: an
 * event the body does not end is dropped. `alive` is called for every arrival of bytes, comments
 * included. Leaving the iteration cancels the body. Refuses `provider_bad_reply` when an event grows
 * beyond 8 MB.
 */
export function readSse(
  body: ReadableStream<Uint8Array> | ByteReader,
  alive: () => void,
): AsyncIterableIterator<SseEvent[]> {
  return new SseEvents('getReader' in body ? body.getReader() : body, alive)
}

// A generator would await every event it hands on. This awaits reads only, because waking up is
// what costs.
class SseEvents implements AsyncIterableIterator<SseEvent[]> {
  readonly #reader: ByteReader
  readonly #alive: () => void
  // Only a byte order mark at the very start is to be dropped, and a decoder that drops marks
  // drops a second one too when the first came in two reads.
  readonly #decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
  #events: SseEvent[] = []
  #isAtStart = true
  #isTooLong = false

  readonly #parser = createParser({
    maxBufferSize: heldCharactersMax,
    onEvent: ({ event, data }) => this.#events.push({ event: event ?? 'message', data }),
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') this.#isTooLong = true
    },
  })

  constructor(reader: ByteReader, alive: () => void) {
    this.#reader = reader
    this.#alive = alive
    // The parser drops a mark of its own; a blank line first makes it leave that to this class.
    this.#parser.feed('\n')
  }

  async next(): Promise<IteratorResult<SseEvent[]>> {
    this.#events = []
    for (;;) {
      if (this.#isTooLong) {
        await this.return()
        throw new Fault('provider_bad_reply', {
          provider: { status: 200, message: 'an event of more than 8 MB' },
        })
      }
      const { done, value } = await this.#reader.read()
      if (done || !value) return { done: true, value: undefined }
      this.#alive()
      this.#feed(value)
      if (this.#events.length > 0) return { done: false, value: this.#events }
    }
  }

  async return(): Promise<IteratorResult<SseEvent[]>> {
    await this.#reader.cancel().catch(() => {})
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #feed(bytes: Uint8Array): void {
    let text = this.#decoder.decode(bytes, { stream: true })
    if (text === '') return
    if (this.#isAtStart) {
      this.#isAtStart = false
      if (text.startsWith('\uFEFF')) text = text.slice(1)
    }
    this.#parser.feed(text)
  }
}
