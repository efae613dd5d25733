import { chatStream, followStream, type GenerateInput } from '#contract/chat.ts'
import { urlOf } from '#contract/endpoint.ts'
import type { Keepalive, LoggedEvent, TerminalEvent } from '#contract/generation-events.ts'
import type { Id } from '#contract/ids.ts'
import { headersFor } from './call.ts'
import { browserWorld, type FollowWorld } from './follow-world.ts'
import { readLog } from './read-log.ts'
import { Offline, Refused } from './refused.ts'
import { refusalOf } from './refusal.ts'

export type ConnectionState = 'connecting' | 'open' | 'lost'

export interface FollowOptions {
  replyId: Id<'message'>
  /** The highest seq already folded; only later events are told. */
  after?: number
  /** Begins the generation with this request instead of joining it. */
  start?: GenerateInput
  /** What `start` needs to be there; done before each time it is sent, and repeated like it. */
  prepare?: (() => Promise<unknown>) | undefined
  onEvent: (logged: LoggedEvent) => void
  onKeepalive?: (keepalive: Keepalive) => void
  onConnection?: (state: ConnectionState) => void
  signal: AbortSignal
}

/** Between connections to a reply that exists; the last one for ever. */
const reconnectMs = [250, 500, 1_000, 2_000, 4_000, 5_000]
/** Between repeats of the request that begins one; after the last it has failed. */
const repeatMs = [500, 1_000, 2_000, 4_000, 8_000]

/**
 * Tells every event of a reply once, in order and without a gap, through as many connections as
 * it takes, and resolves with the terminal one. Rejects with `Refused` when the server will not
 * begin or show it, with `Offline` when beginning it failed six times, and when `signal` aborts.
 */
export async function follow(
  options: FollowOptions,
  world: FollowWorld = browserWorld,
): Promise<TerminalEvent> {
  const { replyId, start, prepare, signal, onEvent, onKeepalive, onConnection } = options
  let seq = options.after ?? 0
  let isBegun = start === undefined
  let failures = 0

  const progress = (next: number, logged: LoggedEvent | null) => {
    // What arrived together with the event that made the reader stop is not for it any more.
    signal.throwIfAborted()
    seq = next
    failures = 0
    if (logged) onEvent(logged)
  }

  /** One connection; null when it was cut before the terminal event. */
  async function connect(): Promise<TerminalEvent | null> {
    const attempt = world.attempt(signal)
    try {
      if (!isBegun) await prepare?.()
      const response = isBegun
        ? await open(world, urlOf(followStream.path, { replyId }), getInit(seq), attempt.signal)
        : await open(world, chatStream.path, postInit(start), attempt.signal)
      if (!isBegun) failures = 0
      isBegun = true
      onConnection?.('open')
      return await readLog(response, seq, { alive: attempt.alive, progress, onKeepalive })
    } finally {
      attempt.end()
    }
  }

  for (;;) {
    signal.throwIfAborted()
    onConnection?.('connecting')
    let fault: unknown = null
    try {
      const end = await connect()
      if (end) return end
    } catch (error) {
      signal.throwIfAborted()
      const passes =
        error instanceof Offline || (error instanceof Refused && mayPass(error, isBegun))
      if (!passes || (!isBegun && failures === repeatMs.length)) throw error
      fault = error
    }
    signal.throwIfAborted()
    onConnection?.('lost')
    const delays = isBegun ? reconnectMs : repeatMs
    const delay = delays[Math.min(failures++, delays.length - 1)] ?? 0
    await world.wait(Math.max(delay, retryAfterMs(fault)), signal)
  }
}

function getInit(seq: number): RequestInit {
  return { headers: { ...headersFor(false), 'last-event-id': String(seq) }, cache: 'no-store' }
}

function postInit(body: GenerateInput | undefined): RequestInit {
  return { method: 'POST', headers: headersFor(true), body: JSON.stringify(body) }
}

async function open(
  world: FollowWorld,
  url: string,
  init: RequestInit,
  signal: AbortSignal,
): Promise<Response> {
  let response: Response
  try {
    response = await world.fetch(url, { ...init, signal })
  } catch (cause) {
    throw new Offline('No reply.', { cause })
  }
  if (!response.ok) throw await refusalOf(response)
  // The login page of a café's network also answers 200.
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    throw new Offline('Not a stream.')
  }
  return response
}

/** Whether the same request may succeed later. One that begins a reply is refused by all but this. */
function mayPass({ problem }: Refused, isBegun: boolean): boolean {
  if (!isBegun) return problem.code === 'storage_unavailable'
  return problem.status >= 500 || problem.status === 429
}

function retryAfterMs(fault: unknown): number {
  if (!(fault instanceof Refused)) return 0
  const { retryAfterMs: ms } = fault.problem
  return typeof ms === 'number' ? Math.min(ms, 60_000) : 0
}
