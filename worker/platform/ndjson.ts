import type { ByteReader } from './bytes.ts'
import { Fault } from './fault.ts'

/** What one line may hold back before it ends, as for one event of an event stream. */
const lineCharactersMax = 8 * 1024 * 1024

/**
 * The lines of a body, blank ones left out, those of one read together. What follows the last line
 * end is a line too. `alive` is called for every arrival of bytes. Leaving the iteration cancels the
 * body. Refuses `provider_bad_reply` when a line grows beyond 8 MB.
 */
export function readNdjson(
  body: ReadableStream<Uint8Array> | ByteReader,
  alive: () => void,
): AsyncIterableIterator<string[]> {
  return new Lines('getReader' in body ? body.getReader() : body, alive)
}

// No generator, for the reason `readSse` has none.
class Lines implements AsyncIterableIterator<string[]> {
  readonly #reader: ByteReader
  readonly #alive: () => void
  // A decoder that drops byte order marks drops a second one too when the first came in two reads.
  readonly #decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
  /** The line that has not ended yet; joined once, because it may come in thousands of pieces. */
  #pieces: string[] = []
  #heldCharacters = 0
  #isAtStart = true
  #isTooLong = false
  #isOver = false

  constructor(reader: ByteReader, alive: () => void) {
    this.#reader = reader
    this.#alive = alive
  }

  async next(): Promise<IteratorResult<string[]>> {
    for (;;) {
      if (this.#isTooLong) {
        await this.return()
        throw new Fault('provider_bad_reply', {
          provider: { status: 200, message: 'a line of more than 8 MB' },
        })
      }
      if (this.#isOver) return { done: true, value: undefined }
      const { done, value } = await this.#reader.read()
      const isLast = done || !value
      if (!isLast) this.#alive()
      const lines = isLast
        ? this.#last()
        : this.#feed(this.#decoder.decode(value, { stream: true }))
      if (lines.length > 0) return { done: false, value: lines }
    }
  }

  async return(): Promise<IteratorResult<string[]>> {
    this.#isOver = true
    await this.#reader.cancel().catch(() => {})
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #last(): string[] {
    this.#isOver = true
    return this.#feed(`${this.#decoder.decode()}\n`)
  }

  #feed(given: string): string[] {
    const text = this.#withoutMark(given)
    const lines: string[] = []
    let at = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', at)) {
      this.#hold(text.slice(at, end))
      at = end + 1
      if (this.#isTooLong) return lines
      const line = this.#pieces.join('').trim()
      this.#pieces = []
      this.#heldCharacters = 0
      if (line !== '') lines.push(line)
    }
    this.#hold(text.slice(at))
    return lines
  }

  #hold(piece: string): void {
    if (piece === '') return
    this.#heldCharacters += piece.length
    this.#isTooLong = this.#heldCharacters > lineCharactersMax
    this.#pieces.push(piece)
  }

  #withoutMark(text: string): string {
    if (!this.#isAtStart || text === '') return text
    this.#isAtStart = false
    return text.startsWith('\uFEFF') ? text.slice(1) : text
  }
}
