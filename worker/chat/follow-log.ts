import type { Phase } from '../contract/generation-events.ts'
import { within } from '../platform/within.ts'
import type { EventLog } from './event-log.ts'

const followersMax = 100
/** A reader who takes nothing for this long is dropped; it may come back where it was. */
const blockedMsMax = 60_000

/** What a run is doing now, for readers who wait. */
export interface RunStatus {
  phase: Phase
  /** When something last came from the provider or the phase changed. */
  at: number
  retryAt?: number
  cause?: string
}

export interface Followed {
  log: Pick<EventLog<unknown>, 'after' | 'news' | 'wakeReaders'>
  heartbeatMs: number
  /** Null once the terminal event is stored. */
  status(): RunStatus | null
  /** What a stream begins with; none where it begins with its first event. */
  opening: string
  /** What is sent to whoever waits in silence, and when the phase of the run changes. */
  sign(status: RunStatus): string
}

interface Reader {
  /** Since when something lies ready that it has not fetched; Infinity while it waits for more. */
  askedAt: number
  /** The session it reads by. */
  session: string | null
  drop(): void
}

export const streamHeaders = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
}

const encoder = new TextEncoder()

/**
 * Readers of one log, each with its own cursor: a piece is read when its reader asks for it, so a
 * slow one holds nothing in memory and delays nobody.
 */
export class Followers {
  readonly #followed: Followed
  readonly #open = new Set<Reader>()

  constructor(followed: Followed) {
    this.#followed = followed
  }

  get isFull(): boolean {
    return this.#open.size >= followersMax
  }

  get isReading(): boolean {
    return this.#open.size > 0
  }

  /** The server-sent events after `seq`, then live, closed after the terminal one. */
  follow(seq: number, session: string | null): ReadableStream<Uint8Array> {
    const { log, status } = this.#followed
    let cursor = seq
    let phase = 'streaming'
    let hasLeft = false
    let wroteAt = Date.now()
    const reader: Reader = { askedAt: Date.now(), session, drop: () => {} }
    this.#open.add(reader)
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          reader.drop = () => {
            hasLeft = true
            this.#open.delete(reader)
            // An end without a terminal event is a lost connection to every reader.
            controller.close()
            log.wakeReaders()
          }
          const { opening } = this.#followed
          if (opening !== '') controller.enqueue(encoder.encode(opening))
        },
        pull: async (controller) => {
          reader.askedAt = Infinity
          while (!hasLeft) {
            const piece = log.after(cursor)
            const now = status()
            if (piece) {
              cursor = piece.to
              controller.enqueue(piece.bytes)
              break
            }
            if (now === null) {
              controller.close()
              this.#open.delete(reader)
              break
            }
            if (now.phase !== phase) {
              phase = now.phase
              controller.enqueue(encoder.encode(this.#followed.sign(now)))
              break
            }
            // Readers are woken for others too, so silence counts from this one's last bytes.
            const silenceMs = wroteAt + this.#followed.heartbeatMs - Date.now()
            if (silenceMs > 0) await within(log.news, silenceMs)
            else {
              controller.enqueue(encoder.encode(this.#followed.sign(now)))
              break
            }
          }
          wroteAt = Date.now()
          reader.askedAt = wroteAt
        },
        cancel: () => {
          hasLeft = true
          this.#open.delete(reader)
          // The reader may be waiting inside `pull`; nothing else would end that wait.
          log.wakeReaders()
        },
      },
      { highWaterMark: 0 },
    )
  }

  /** Drops readers that have not asked for more for a minute although there is more. */
  dropBlocked(now: number): void {
    for (const reader of this.#open) {
      if (now - reader.askedAt > blockedMsMax) reader.drop()
    }
  }

  /** Lets go of the readers of one session, or of all when it is null. */
  release(session: string | null): void {
    for (const reader of this.#open) {
      if (session === null || reader.session === session) reader.drop()
    }
  }
}
