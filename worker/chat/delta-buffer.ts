import { coalesce, isDelta, type GenerationEvent } from '../contract/generation-events.ts'

/** Deltas waiting for this much text are stored without waiting for their window. */
const flushCharactersMax = 8_192
/** Up to this much waiting text a stream is slow enough to be left alone until its window ends. */
const restCharactersMax = 500
/** Reading begins this long before the window ends, so that what has arrived is in it. */
const readingMs = 40
/** One stored event holds at most this much text, so that no row nears the 2 MB it may have. */
const eventCharactersMax = 200_000

/**
 * How long after the last flush the next one may come. Storage rows are what a reply costs: the
 * page smooths the rest, so only the first moments are quick.
 */
export function windowMs(flushes: number, coalesceMs: number): number {
  if (flushes <= 4) return Math.min(50, coalesceMs)
  if (flushes <= 12) return Math.min(100, coalesceMs)
  return coalesceMs
}

export interface DeltaBufferDeps {
  store(events: readonly GenerationEvent[]): void
  coalesceMs: number
  now(): number
}

/**
 * Decides when an event is stored: the first delta, the first after a change of kind and whatever
 * is no delta at once, with all that waited before it; other deltas are merged until their window
 * has passed. A delta that comes after a pause longer than the window does not wait.
 */
export class DeltaBuffer {
  readonly #deps: DeltaBufferDeps
  #pending: GenerationEvent[] = []
  #pendingCharacters = 0
  #lastKind: string | null = null
  #flushes = 0
  #flushedAt = 0
  #timer: ReturnType<typeof setTimeout> | null = null
  #dueAt = 0

  constructor(deps: DeltaBufferDeps) {
    this.#deps = deps
  }

  add(event: GenerationEvent): void {
    if (!isDelta(event)) {
      this.#push(event)
      this.flush()
      return
    }
    const text = event.content ?? ''
    if (text === '') return
    for (let at = 0; at < text.length; at += eventCharactersMax) {
      this.#push(
        text.length <= eventCharactersMax
          ? event
          : { ...event, content: text.slice(at, at + eventCharactersMax) },
      )
    }
    if (event.type !== this.#lastKind || this.#pendingCharacters >= flushCharactersMax) {
      this.#lastKind = event.type
      this.flush()
      return
    }
    this.#schedule()
  }

  /**
   * For how long nothing that comes will be shown, so that it need not be read yet: each arrival that
   * is read by itself wakes the object. 0 while text comes faster than a connection should hold.
   */
  get restMs(): number {
    if (this.#timer === null || this.#pendingCharacters > restCharactersMax) return 0
    return Math.max(0, this.#dueAt - this.#deps.now() - readingMs)
  }

  #push(event: GenerationEvent): void {
    const last = this.#pending.at(-1)
    const added = isDelta(event) ? (event.content ?? '').length : 0
    const fits = last && this.#pendingCharacters + added <= eventCharactersMax
    const merged = fits ? coalesce(last, event) : null
    if (merged) this.#pending[this.#pending.length - 1] = merged
    else this.#pending.push(event)
    this.#pendingCharacters += added
  }

  #schedule(): void {
    if (this.#timer !== null) return
    this.#dueAt = this.#flushedAt + windowMs(this.#flushes, this.#deps.coalesceMs)
    const wait = this.#dueAt - this.#deps.now()
    if (wait <= 0) this.flush()
    else this.#timer = setTimeout(() => this.flush(), wait)
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#pending.length === 0) return
    const events = this.#pending
    this.#pending = []
    this.#pendingCharacters = 0
    if (events.some(isDelta)) {
      this.#flushes++
      this.#flushedAt = this.#deps.now()
    }
    this.#deps.store(events)
  }
}
