import type { Keepalive } from '../contract/generation-events.ts'
import type { EventLog } from './event-log.ts'

const followersMax = 100
/** A reader who takes nothing for this long is dropped; it may come back where it was. */
const blockedMsMax = 60_000

/** What a run is doing now, for readers who wait. */
export interface RunStatus {
  phase: Keepalive['phase']
  /** When something last came from the provider or the phase changed. */
  at: number
  retryAt?: number
  cause?: string
}

export interface Followed {
  log: EventLog
  heartbeatMs: number
  /** Null once the terminal event is stored. */
  status(): RunStatus | null
}

interface Reader {
  /** Since when something lies ready that it has not fetched; Infinity while it waits for more. */
  askedAt: number
  /** The session it reads by. */
  session: string | null
  drop(reason: string): void
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

  /** The server-sent events after `seq`, then live, closed after the terminal one. */
  follow(seq: number, session: string | null): ReadableStream<Uint8Array> {
    const { log, status } = this.#followed
    let cursor = seq
    let phase = 'streaming'
    let hasLeft = false
    const reader: Reader = { askedAt: Date.now(), session, drop: () => {} }
    this.#open.add(reader)
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          reader.drop = (reason) => {
            hasLeft = true
            this.#open.delete(reader)
            controller.error(new Error(reason))
            log.wakeReaders()
          }
          controller.enqueue(encoder.encode(': ok\n\n'))
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
              controller.enqueue(encodeKeepalive(now))
              break
            }
            if (!(await this.#newsWithin(this.#followed.heartbeatMs))) {
              const latest = status()
              if (latest) controller.enqueue(encodeKeepalive(latest))
              break
            }
          }
          reader.askedAt = Date.now()
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
      if (now - reader.askedAt > blockedMsMax) reader.drop('The reader was too slow.')
    }
  }

  /** Lets go of the readers of one session, or of all when it is null. */
  release(session: string | null): void {
    for (const reader of this.#open) {
      if (session === null || reader.session === session) reader.drop('The session has ended.')
    }
  }

  async #newsWithin(ms: number): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const silence = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), ms)
    })
    const isNews = await Promise.race([this.#followed.log.news.then(() => true), silence])
    clearTimeout(timer)
    return isNews
  }
}

function encodeKeepalive({ phase, at, retryAt, cause }: RunStatus): Uint8Array {
  const keepalive: Keepalive = {
    type: 'keepalive',
    phase,
    idleMs: Math.max(0, Date.now() - at),
    ...(retryAt !== undefined && { retryAt }),
    ...(cause !== undefined && { cause }),
  }
  return encoder.encode(`data: ${JSON.stringify(keepalive)}\n\n`)
}
