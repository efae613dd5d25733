import type { GenerationEvent, LoggedEvent } from '#contract/generation-events.ts'
import { newId } from '#contract/ids.ts'
import { problemOf, type ProblemCode } from '#contract/problems.ts'
import type { FollowWorld } from './follow-world.ts'

/** How one connection goes. */
export type Turn =
  /** The network fails before anything is known. */
  | { type: 'unreached' }
  | { type: 'refused'; code: ProblemCode }
  /** The server takes the request, but the reply never arrives. */
  | { type: 'taken' }
  /** The body is cut into pieces of these sizes and ends, or breaks, after `bytes`. */
  | { type: 'cut'; bytes: number; pieces: number; breaks: boolean }
  /** The whole of what is left. */
  | { type: 'whole'; pieces: number }

export interface Asked {
  method: string
  url: string
  after: number | null
  body: string | null
}

/** A server with one reply's log, whose connections go as the script says, and then well. */
export function scriptedWorld(log: readonly LoggedEvent[], script: readonly Turn[]) {
  const asked: Asked[] = []
  const waits: number[] = []
  let begun = 0
  const turns = [...script]

  const world: FollowWorld = {
    fetch(url, init) {
      const headers = new Headers(init.headers)
      const method = init.method ?? 'GET'
      const after = headers.get('last-event-id')
      const body = typeof init.body === 'string' ? init.body : null
      asked.push({ method, url, after: after === null ? null : Number(after), body })
      const turn = turns.shift() ?? { type: 'whole', pieces: 7 }
      if (turn.type === 'unreached') return Promise.reject(new TypeError('Failed to fetch'))
      if (turn.type === 'refused') return Promise.resolve(refusal(turn.code))
      if (method === 'POST') begun++
      if (turn.type === 'taken') return Promise.reject(new TypeError('Failed to fetch'))
      const bytes = encode(log.filter(({ seq }) => seq > Number(after ?? 0)))
      return Promise.resolve(
        stream(turn.type === 'whole' ? bytes : bytes.slice(0, turn.bytes), turn),
      )
    },
    wait(ms) {
      waits.push(ms)
      return Promise.resolve()
    },
    attempt(signal) {
      return { signal, alive: () => {}, end: () => {} }
    },
  }
  return { world, asked, waits, begun: () => begun }
}

/** A log that begins and ends as logs do, with `texts` in between. */
export function logOf(texts: readonly string[]): LoggedEvent[] {
  const metrics = {
    firstTokenMs: 1,
    durationMs: 2,
    tokensPerSecond: null,
    attempts: 1,
    fallback: false,
  }
  const events: GenerationEvent[] = [
    {
      type: 'start',
      replyId: newId('message'),
      messageId: newId('message'),
      conversationId: newId('conversation'),
      model: { id: newId('model'), name: 'm', label: 'M' },
      contextWindow: 1_000,
      at: 1,
    },
    ...texts.map((content) => ({ type: 'content' as const, content })),
    { type: 'complete', metrics },
  ]
  return events.map((event, index) => ({ seq: index + 1, event }))
}

function encode(log: readonly LoggedEvent[]): Uint8Array {
  const lines = log.map(({ seq, event }) => `id: ${seq}\ndata: ${JSON.stringify(event)}\n\n`)
  const beat = 'data: {"type":"keepalive","phase":"streaming","idleMs":1}\n\n:\n\n'
  return new TextEncoder().encode(`: ok\n\n${lines.join(beat)}`)
}

function stream(bytes: Uint8Array, turn: { pieces: number; breaks?: boolean }): Response {
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at < bytes.length) {
        controller.enqueue(bytes.slice(at, at + turn.pieces))
        at += turn.pieces
      } else if (turn.breaks) controller.error(new TypeError('network error'))
      else controller.close()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
}

function refusal(code: ProblemCode): Response {
  const problem = problemOf(code, newId('request'))
  return Response.json(problem, { status: problem.status })
}
