interface FloorBindings {
  /** The upstream's base URL, ending in /v1. */
  UPSTREAM: string
  ANSWERS: DurableObjectNamespace
}

/** Every answer has an object of its own, as in the product. */
export default {
  fetch(request, env) {
    const id = env.ANSWERS.idFromName(request.headers.get('x-call-tag') ?? crypto.randomUUID())
    return env.ANSWERS.get(id).fetch(request)
  },
} satisfies ExportedHandler<FloorBindings>

const mergeMs = 33
const storeMs = 500
const encoder = new TextEncoder()

/**
 * The least an object can do that reads what it passes on: parses the upstream's events, merges
 * their text for a moment, shows it, and stores it now and then. Nobody signs in, nothing is
 * checked, nothing waits for the disk.
 */
export class Answer implements DurableObject {
  readonly #sql: SqlStorage
  readonly #env: FloorBindings

  constructor(state: DurableObjectState, env: FloorBindings) {
    this.#sql = state.storage.sql
    this.#env = env
  }

  fetch(request: Request): Response {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    void this.#write(request, writable.getWriter())
    return new Response(readable, { headers: { 'content-type': 'text/event-stream' } })
  }

  async #write(request: Request, writer: WritableStreamDefaultWriter<Uint8Array>): Promise<void> {
    const upstream = await fetch(`${this.#env.UPSTREAM}/chat/completions`, request)
    const merged = new Merged(
      (text) => void writer.write(encoder.encode(`data: ${JSON.stringify({ content: text })}\n\n`)),
      true,
    )
    const stored = new Merged((text) => this.#store(text), false)
    const decoder = new TextDecoder()
    let rest = ''
    for await (const bytes of upstream.body as unknown as AsyncIterable<Uint8Array>) {
      const frames = (rest + decoder.decode(bytes, { stream: true })).split('\n\n')
      rest = frames.pop() ?? ''
      for (const frame of frames) {
        const text = textOf(frame)
        merged.add(text, mergeMs)
        stored.add(text, storeMs)
      }
    }
    merged.flush()
    stored.flush()
    await writer.close()
  }

  /** Not before there is something to store, so that making the database delays no first token. */
  #store(text: string): void {
    this.#sql.exec('create table if not exists log (seq integer primary key, body text not null)')
    this.#sql.exec('insert into log (body) values (?)', text)
  }
}

/** Text on its way: if it is eager the first goes at once; the rest waits for its window to end. */
class Merged {
  readonly #send: (text: string) => void
  #text = ''
  #timer: ReturnType<typeof setTimeout> | null = null
  #isWaiting: boolean

  constructor(send: (text: string) => void, isEager: boolean) {
    this.#send = send
    this.#isWaiting = !isEager
  }

  add(text: string, windowMs: number): void {
    if (text === '') return
    this.#text += text
    if (this.#isWaiting) this.#timer ??= setTimeout(() => this.flush(), windowMs)
    else this.flush()
    this.#isWaiting = true
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#text !== '') this.#send(this.#text)
    this.#text = ''
  }
}

function textOf(frame: string): string {
  if (!frame.startsWith('data: {')) return ''
  const chunk = JSON.parse(frame.slice(6)) as { choices?: { delta?: { content?: string } }[] }
  return chunk.choices?.[0]?.delta?.content ?? ''
}
