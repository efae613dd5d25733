import { Buffer } from 'node:buffer'
import { windowMs } from '../../chat/delta-buffer.ts'
import { badReply } from '../../providers/provider-faults.ts'

/** Frames waiting for this much text are stored without waiting for their window. */
const flushCharactersMax = 64_000
/** No row of a log may near the 2 MB it may have. */
export const frameBytesMax = 1_800_000

export interface FrameBufferDeps {
  store(frames: readonly string[]): void
  coalesceMs: number
  now(): number
}

/**
 * Decides when frames are stored: the first at once, the others together once their window has
 * passed, for what a stored call costs is rows. What comes after a pause does not wait.
 */
export class FrameBuffer {
  readonly #deps: FrameBufferDeps
  #pending: string[] = []
  #characters = 0
  #flushes = 0
  #flushedAt = 0
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(deps: FrameBufferDeps) {
    this.#deps = deps
  }

  /** Refuses `provider_bad_reply` where a frame does not fit into a log. */
  add(frames: readonly string[]): void {
    for (const frame of frames) {
      if (isTooLarge(frame)) throw badReply('more than can be kept of one answer')
      if (this.#characters + frame.length > flushCharactersMax) this.flush()
      this.#pending.push(frame)
      this.#characters += frame.length
    }
    if (this.#pending.length === 0 || this.#timer !== null) return
    const due = this.#flushedAt + windowMs(this.#flushes, this.#deps.coalesceMs)
    const wait = due - this.#deps.now()
    if (this.#flushes === 0 || wait <= 0) this.flush()
    else this.#timer = setTimeout(() => this.flush(), wait)
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#pending.length === 0) return
    const frames = this.#pending
    this.#pending = []
    this.#characters = 0
    this.#flushes++
    this.#flushedAt = this.#deps.now()
    this.#deps.store(frames)
  }
}

/** Whether a frame does not fit into a row. */
export function isTooLarge(frame: string): boolean {
  return frame.length * 3 > frameBytesMax && Buffer.byteLength(frame) > frameBytesMax
}
