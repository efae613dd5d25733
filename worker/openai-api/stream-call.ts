import { within } from '../platform/within.ts'
import type { HandOn } from './answer.ts'

const encoder = new TextEncoder()
const keepalive = encoder.encode(': keepalive\n\n')
/** So much may wait for a slow reader before its provider is made to wait. */
const bytesAheadMax = 64 * 1024

export interface CallToStream {
  /** Runs the call to its end. Throws what breaks it. */
  run(handOn: HandOn): Promise<void>
  /** Keeps the request going until that settles. */
  until(over: Promise<void>): void
  heartbeatMs: number
  /** The last frame of an answer that breaks. */
  failure(error: unknown): string
  /** Called once, when the last frame is on its way. */
  onEnd(error: unknown): void
  /** Called once, when the reader has left before. */
  onLeave(): void
}

/**
 * The answer as a stream. A refusal that comes soon is thrown, so that it has a status of its own;
 * after a heartbeat without a word the stream is opened, and a refusal is its last frame.
 */
export async function streamCall(call: CallToStream): Promise<ReadableStream<Uint8Array>> {
  const stream = new CallStream(call)
  call.until(stream.run())
  await within(stream.opened, call.heartbeatMs)
  stream.open()
  return stream.readable
}

/** Bytes go through a stream of the runtime's own: one of a script costs more with each token. */
class CallStream {
  readonly readable: ReadableStream<Uint8Array>
  readonly #call: CallToStream
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>
  readonly #opened = Promise.withResolvers<void>()
  readonly #beat: ReturnType<typeof setInterval>
  #isOpen = false
  #wroteAt = Date.now()
  #hasEnded = false

  constructor(call: CallToStream) {
    this.#call = call
    const { readable, writable } = new IdentityTransformStream({ highWaterMark: bytesAheadMax })
    this.readable = readable
    this.#writer = writable.getWriter()
    this.#writer.closed.catch(() => this.#leave())
    // One timer for the whole stream: a frame costs none.
    this.#beat = setInterval(() => {
      const isSilent = Date.now() - this.#wroteAt >= call.heartbeatMs
      if (this.#isOpen && isSilent) void this.#write(keepalive)
    }, call.heartbeatMs / 2)
  }

  /** Settles with the first of the answer. Fails with what it was refused with. */
  get opened(): Promise<void> {
    return this.#opened.promise
  }

  /** From now on whatever happens is told in the stream. */
  open(): void {
    if (this.#isOpen) return
    this.#isOpen = true
    void this.#write(keepalive)
  }

  async run(): Promise<void> {
    try {
      await this.#call.run((piece) => this.#handOn(piece))
      this.#end(null)
    } catch (error) {
      if (!this.#isOpen) return this.#refuse(error)
      if (this.#hasEnded) return
      this.#tell(error)
      this.#end(error)
    }
  }

  #handOn(piece: string): Promise<void> | undefined {
    if (!this.#isOpen) {
      this.#isOpen = true
      this.#opened.resolve()
    }
    const written = this.#write(encoder.encode(piece))
    // Not for `ready`, which the runtime leaves open for ever when much is written at once.
    return (this.#writer.desiredSize ?? 1) <= 0 ? written : undefined
  }

  #write(bytes: Uint8Array): Promise<void> | undefined {
    if (this.#hasEnded) return undefined
    this.#wroteAt = Date.now()
    // It fails when its reader has left, and that is heard of elsewhere.
    return this.#writer.write(bytes).catch(() => {})
  }

  /** The end is reached, whether it can be told or not. */
  #tell(error: unknown): void {
    try {
      void this.#write(encoder.encode(this.#call.failure(error)))
    } catch (unsaid) {
      console.error(unsaid)
    }
  }

  #refuse(error: unknown): void {
    this.#close()
    this.#opened.reject(error)
  }

  #end(error: unknown): void {
    if (this.#hasEnded) return
    this.#close()
    this.#opened.resolve()
    this.#writer.close().catch(() => {})
    this.#call.onEnd(error)
  }

  #leave(): void {
    if (this.#hasEnded) return
    this.#close()
    this.#call.onLeave()
  }

  #close(): void {
    this.#hasEnded = true
    clearInterval(this.#beat)
  }
}
