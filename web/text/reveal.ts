import { useLayoutEffect, useState, useSyncExternalStore } from 'react'

/** Shown this long after it arrived at the latest; two slow frames short of the promised 300 ms. */
export const lagMsMax = 250
/** More than this behind is caught up in one step. */
export const catchUpLength = 2_000

/**
 * How much of an arriving text to show at each frame: as even a flow as shows every piece in time.
 * Pure: the clock is an argument.
 */
export class RevealSchedule {
  #shown: number
  #length: number
  #frameAt = 0
  /** What arrived and is not shown: up to where, and by when it must be. */
  #due: { end: number; at: number }[] = []

  /** What is there at the beginning is shown at once. */
  constructor(length: number) {
    this.#shown = length
    this.#length = length
  }

  get shown(): number {
    return Math.floor(this.#shown)
  }

  /** How much has arrived and is not shown. */
  get waiting(): number {
    return this.#length - this.#shown
  }

  get isBehind(): boolean {
    return this.waiting > 0
  }

  arrive(length: number, now: number): void {
    if (!this.isBehind) this.#frameAt = now
    this.#length = length
    if (length - this.#shown > catchUpLength) this.jump(length)
    else if (this.isBehind) this.#due.push({ end: length, at: now + lagMsMax })
  }

  jump(length: number): void {
    this.#length = length
    this.#shown = length
    this.#due = []
  }

  /** Moves on to the frame at `now`. */
  frame(now: number): void {
    let least = this.#shown
    let speed = 0
    for (const { end, at } of this.#due) {
      if (at <= now) least = Math.max(least, end)
      else speed = Math.max(speed, (end - this.#shown) / (at - this.#frameAt))
    }
    const passed = Math.max(0, now - this.#frameAt)
    this.#shown = Math.min(this.#length, Math.max(least, this.#shown + speed * passed))
    this.#due = this.#due.filter(({ end }) => end > this.#shown)
    this.#frameAt = now
  }
}

/**
 * The part of `text` to show now. While `live`, what arrives is revealed evenly, at most 300 ms
 * behind; at once in a hidden tab, for readers who want less motion, and when far behind.
 */
export function useRevealed(text: string, { live }: { live: boolean }): string {
  const [revealer] = useState(() => new Revealer(text))
  const length = useSyncExternalStore(revealer.subscribe, revealer.length, revealer.length)
  useLayoutEffect(() => revealer.update(text, live), [revealer, text, live])
  return length >= text.length ? text : text.slice(0, length)
}

/** This much waiting is more than anybody reads as it flows. */
const fastLength = 150
/** Such a flow moves at every second frame: it looks the same and costs the page half as much. */
const fastStepMs = 30
/** This much is a screen every second or two; ten times a second it is no less a blur. */
const rushLength = 600
const rushStepMs = 62

function stepMs(waiting: number): number {
  if (waiting < fastLength) return 0
  return waiting < rushLength ? fastStepMs : rushStepMs
}

/** The schedule of one text, driven by the frames of the page. */
class Revealer {
  readonly #schedule: RevealSchedule
  readonly #listeners = new Set<() => void>()
  #text: string
  #isLive = false
  #frame = 0
  #shownAt = 0
  #length: number

  constructor(text: string) {
    this.#text = text
    this.#length = text.length
    this.#schedule = new RevealSchedule(text.length)
  }

  readonly length = (): number => this.#length

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      cancelAnimationFrame(this.#frame)
      this.#frame = 0
    }
  }

  update(text: string, live: boolean): void {
    // The last piece often comes together with the end.
    const isEven = (live || this.#isLive) && text.startsWith(this.#text) && !isAtOnce()
    if (!isEven) this.#schedule.jump(text.length)
    else if (text !== this.#text) this.#schedule.arrive(text.length, performance.now())
    this.#text = text
    this.#isLive = live
    this.#show()
    if (this.#schedule.isBehind && !this.#frame) this.#frame = requestAnimationFrame(this.#onFrame)
  }

  readonly #onFrame = (now: number): void => {
    this.#frame = 0
    if (now - this.#shownAt > stepMs(this.#schedule.waiting)) {
      this.#shownAt = now
      this.#schedule.frame(performance.now())
    }
    if (this.#schedule.isBehind) this.#frame = requestAnimationFrame(this.#onFrame)
    this.#show()
  }

  #show(): void {
    const length = wholeCharacters(this.#text, this.#schedule.shown)
    if (length === this.#length) return
    this.#length = length
    for (const listener of this.#listeners) listener()
  }
}

/** `length`, or one less where it would part the two halves of a character. */
export function wholeCharacters(text: string, length: number): number {
  const last = text.charCodeAt(length - 1)
  return last >= 0xd800 && last <= 0xdbff ? length - 1 : length
}

let wantsLessMotion: boolean | undefined
/** Asked once and then told: each question to the browser costs a pass over the page's styles. */
function isAtOnce(): boolean {
  if (wantsLessMotion === undefined) {
    const query = matchMedia('(prefers-reduced-motion: reduce)')
    wantsLessMotion = query.matches
    query.addEventListener('change', () => {
      wantsLessMotion = query.matches
    })
  }
  return document.hidden || wantsLessMotion
}
