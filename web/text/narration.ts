import { SentenceReader } from './sentences.ts'
import type { TextLabels } from './text-labels.tsx'

/** The state of the reply that is read out. */
export type NarratedState = 'none' | 'answering' | 'complete' | 'stopped' | 'failed'

export interface Narrated {
  /** The reply being read out; another one ends this one. */
  replyId: string | null
  text: string
  state: NarratedState
  /** Why it failed, in plain words. */
  reason?: string | undefined
  /** The tool at work, by its name for the reader. */
  step?: string | undefined
}

/** A reader is told something new at most this often. */
export const announcementGapMs = 3_000

/** What a screen reader is told of a reply, and when. Pure: the clock is an argument. */
export class Narration {
  #reader: SentenceReader | null = null
  #replyId: string | null = null
  #state: NarratedState = 'none'
  #step: string | undefined
  #waiting: string[] = []
  #announcedAt = Number.NEGATIVE_INFINITY

  /** Takes note of what the reply is like now. */
  update({ replyId, text, state, reason, step }: Narrated, labels: TextLabels): void {
    if (replyId !== this.#replyId) {
      this.#replyId = replyId
      this.#state = 'none'
      this.#reader = null
      this.#step = undefined
      this.#waiting = []
    }
    const before = this.#state
    this.#state = state
    if (state === 'answering' && before !== 'answering') {
      // What was there before is not news.
      this.#reader = new SentenceReader(spokenWords(labels), text.length)
      this.#waiting.push(labels.answering)
    }
    // A reply that was over when it came into view is not read out.
    if (!this.#reader) return
    if (step && step !== this.#step) this.#waiting.push(step)
    this.#step = step
    const isOver = state !== 'answering'
    this.#waiting.push(...this.#reader.read(text, isOver))
    if (!isOver) return
    this.#reader = null
    if (state === 'complete') this.#waiting.push(labels.answerComplete)
    if (state === 'stopped') this.#waiting.push(labels.answerStopped)
    if (state === 'failed') this.#waiting.push(labels.answerFailed(reason ?? ''))
  }

  /** What to announce at `now`; null when there is nothing, or the last was too recent. */
  next(now: number): string | null {
    if (this.waitMs(now) !== 0) return null
    const announcement = this.#waiting.join(' ')
    this.#waiting = []
    this.#announcedAt = now
    return announcement
  }

  /** How long until there is something to announce; null when nothing waits. */
  waitMs(now: number): number | null {
    if (this.#waiting.length === 0) return null
    return Math.max(0, this.#announcedAt + announcementGapMs - now)
  }
}

function spokenWords(labels: TextLabels) {
  return { code: labels.spokenCode, formula: labels.spokenFormula, image: labels.spokenImage }
}
