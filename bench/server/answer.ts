import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:http'

/** How one asks a door for an answer. */
export interface Question {
  url: string
  headers: Record<string, string>
  /** None makes it a GET. */
  body?: string
}

/** What came of it. Times are milliseconds of `performance.now()`. */
export interface Answer {
  startedAt: number
  /** The first visible text. */
  firstAt: number
  endedAt: number
  bytes: number
}

export interface Listener {
  /** Text as it arrives; without a listener the body is only counted after the first text. */
  onText?(text: string, at: number): void
  /** Frames of the event stream, whole, with the bytes of the body up to their end. */
  onFrame?(frame: string, bytes: number, at: number): void
  onResponse?(response: IncomingMessage): void
  signal?: AbortSignal
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity })

/** Asks and reads the stream to its end. Written on `node:http`, which costs least of all clients. */
export function readAnswer(question: Question, listener: Listener = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { url, headers, body } = question
    const startedAt = performance.now()
    const outgoing = request(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      agent,
      ...(listener.signal && { signal: listener.signal }),
    })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      const answer = { startedAt, firstAt: Number.NaN, endedAt: 0, bytes: 0 }
      listener.onResponse?.(response)
      const frames = new FrameReader(answer, listener)
      response.setEncoding('latin1')
      response.on('data', (text: string) => frames.push(text))
      response.on('error', reject)
      response.on('end', () => {
        answer.endedAt = performance.now()
        if (response.statusCode === 200) resolve(answer)
        else reject(new Error(`${url}: ${response.statusCode} ${frames.rest}`))
      })
    })
    outgoing.end(body)
  })
}

/** Cuts the body into frames. One character is one byte here, so that bytes can be counted. */
class FrameReader {
  readonly #answer: Answer
  readonly #listener: Listener
  rest = ''

  constructor(answer: Answer, listener: Listener) {
    this.#answer = answer
    this.#listener = listener
  }

  push(text: string): void {
    const { onText, onFrame } = this.#listener
    const before = this.#answer.bytes
    this.#answer.bytes += text.length
    const isTimed = !Number.isNaN(this.#answer.firstAt)
    if (isTimed && !onText && !onFrame) return
    const at = performance.now()
    const held = this.rest.length
    this.rest += text
    let start = 0
    for (let end = this.rest.indexOf('\n\n'); end >= 0; end = this.rest.indexOf('\n\n', start)) {
      const frame = this.rest.slice(start, end)
      start = end + 2
      onFrame?.(frame, before - held + start, at)
      const shown = textOf(frame)
      if (shown === '') continue
      if (Number.isNaN(this.#answer.firstAt)) this.#answer.firstAt = at
      onText?.(shown, at)
    }
    this.rest = this.rest.slice(start)
  }
}

interface Framed {
  type?: string
  content?: string
  delta?: string
  choices?: { delta?: { content?: string } }[]
}

/** The visible text of a frame, in the upstream's shape, the floor's, a response's or the page's. */
function textOf(frame: string): string {
  const start = frame.indexOf('data: {')
  if (start < 0) return ''
  const data = JSON.parse(frame.slice(start + 6)) as Framed
  if (data.choices) return data.choices[0]?.delta?.content ?? ''
  if (data.type === 'response.output_text.delta') return data.delta ?? ''
  return (data.type ?? 'content') === 'content' ? (data.content ?? '') : ''
}
