import { emptyRoot, type Root } from './markdown-tree.ts'
import type { FromWorker } from './markdown-protocol.ts'
import { patched } from './tree-patch.ts'

/** What a stream needs of the client it belongs to. */
export interface StreamHost {
  cached(text: string): Root | undefined
  /** Sends a piece; without an id it is the first of a new text. Answers the id. */
  send(stream: MarkdownStream, id: number | null, text: string, finished: boolean): number
  drop(id: number): void
  keep(text: string, root: Root): void
  listenersChanged(stream: MarkdownStream): void
}

/** A shorter reading than this needs no pause after it. */
const unpausedMs = 8

/** One text on screen, growing or whole, and the tree to show for it. */
export class MarkdownStream {
  readonly #host: StreamHost
  readonly #listeners = new Set<() => void>()
  #text = ''
  #isFinished = false
  #id: number | null = null
  #sentLength = 0
  #isFinishSent = false
  #isWaiting = false
  /** The tree as the worker has it; shown as soon as it has been told of any text. */
  #root: Root = emptyRoot
  #shown: Root | null = null

  constructor(host: StreamHost) {
    this.#host = host
  }

  get text(): string {
    return this.#text
  }

  /** Whether its tree is one of the beginning of `text`; by its length and end, every frame asks. */
  mayShow(text: string): boolean {
    const { length } = this.#text
    const from = Math.max(0, length - 50)
    return text.length >= length && text.slice(from, length) === this.#text.slice(from)
  }

  get isListenedTo(): boolean {
    return this.#listeners.size > 0
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    this.#host.listenersChanged(this)
    return () => {
      this.#listeners.delete(listener)
      this.#host.listenersChanged(this)
    }
  }

  /** The tree of the text, or of its beginning; null before the first. */
  readonly shown = (): Root | null => this.#shown

  /** Shows `text` from now on; what it adds to the text before is all that is read. */
  update(text: string, growing: boolean): void {
    if (text !== this.#text || growing === this.#isFinished) {
      const continues = text.startsWith(this.#text)
      if (!continues || this.#isFinishSent) this.#startAgain(continues)
      this.#text = text
      this.#isFinished = !growing
    }
    const cached = growing ? undefined : this.#host.cached(text)
    if (!cached) this.#pump()
    else if (cached !== this.#shown) {
      this.#startAgain(true)
      this.#show(cached)
    }
  }

  /** Gives back what the worker holds; a later update starts from the beginning. */
  close(): void {
    this.#startAgain(true)
  }

  /** Sends everything again, to a reader that knows nothing. */
  resend(): void {
    this.#startAgain(true)
    this.#pump()
  }

  receive(answer: FromWorker): void {
    this.#root = patched(this.#root, answer.patch)
    const isWhole = this.#isFinishSent && answer.isSettled
    if (isWhole) this.#host.keep(this.#text, this.#root)
    this.#show(this.#root)
    if (isWhole && this.#id !== null) {
      this.#host.drop(this.#id)
      this.#id = null
    }
    if (!answer.isAnswer) return
    this.#isWaiting = false
    if (answer.ms < unpausedMs) this.#pump()
    else setTimeout(() => this.#pump(), answer.ms)
  }

  #pump(): void {
    const isAllSent =
      this.#sentLength === this.#text.length && this.#isFinished === this.#isFinishSent
    if (this.#isWaiting || isAllSent) return
    const piece = this.#text.slice(this.#sentLength)
    this.#id = this.#host.send(this, this.#id, piece, this.#isFinished)
    this.#sentLength = this.#text.length
    this.#isFinishSent = this.#isFinished
    this.#isWaiting = true
  }

  #startAgain(keepShown: boolean): void {
    if (this.#id !== null) this.#host.drop(this.#id)
    this.#id = null
    this.#sentLength = 0
    this.#isFinishSent = false
    this.#isWaiting = false
    this.#root = emptyRoot
    if (!keepShown) this.#shown = null
  }

  #show(root: Root): void {
    this.#shown = root
    for (const listener of this.#listeners) listener()
  }
}
