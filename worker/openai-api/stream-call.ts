import { within } from '../platform/within.ts'

const encoder = new TextEncoder()
const keepalive = encoder.encode(': keepalive\n\n')

export interface CallToStream {
  frames: AsyncGenerator<string>
  heartbeatMs: number
  /** The last frame of an answer that breaks. */
  failure(error: unknown): string
  /** Called once, when the last frame is on its way or the reader has left. */
  onEnd(error: unknown): void
  /** Called when the reader has left. */
  onLeave(): void
}

/**
 * The answer as a stream. A refusal that comes soon is thrown, so that it has a status of its own;
 * after a heartbeat without a word the stream is opened, and a refusal is its last frame.
 */
export async function streamCall(call: CallToStream): Promise<ReadableStream<Uint8Array>> {
  const first = call.frames.next()
  const opening = await within(first, call.heartbeatMs)
  return new CallStream(call, opening ?? first).readable
}

type Next = IteratorResult<string>

class CallStream {
  readonly readable: ReadableStream<Uint8Array>
  readonly #call: CallToStream
  #next: Next | Promise<Next>
  #beat: ReturnType<typeof setInterval> | undefined
  #wroteAt = 0
  #hasEnded = false

  constructor(call: CallToStream, first: Next | Promise<Next>) {
    this.#call = call
    this.#next = first
    this.readable = new ReadableStream<Uint8Array>(
      {
        start: (controller) => this.#start(controller),
        pull: (controller) => this.#pull(controller),
        cancel: () => this.#leave(),
      },
      { highWaterMark: 0 },
    )
  }

  #start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const { heartbeatMs } = this.#call
    this.#wroteAt = this.#next instanceof Promise ? Date.now() - heartbeatMs : Date.now()
    // One timer for the whole stream: a frame costs none.
    this.#beat = setInterval(() => {
      if (Date.now() - this.#wroteAt >= heartbeatMs) this.#write(controller, keepalive)
    }, heartbeatMs / 2)
    if (this.#next instanceof Promise) this.#write(controller, keepalive)
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      const { done, value } = await this.#next
      if (done) return this.#end(controller, null)
      this.#write(controller, encoder.encode(value))
      this.#next = this.#call.frames.next()
      // Whoever leaves meanwhile does not wait for it.
      this.#next.catch(() => {})
    } catch (error) {
      if (this.#hasEnded) return
      this.#write(controller, encoder.encode(this.#call.failure(error)))
      this.#end(controller, error)
    }
  }

  #write(controller: ReadableStreamDefaultController<Uint8Array>, bytes: Uint8Array): void {
    if (this.#hasEnded) return
    this.#wroteAt = Date.now()
    controller.enqueue(bytes)
  }

  #end(controller: ReadableStreamDefaultController<Uint8Array>, error: unknown): void {
    if (this.#hasEnded) return
    this.#close()
    controller.close()
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
