import { hasFormula, loadMathStyles } from './math-styles.ts'
import { MarkdownStream, type StreamHost } from './markdown-stream.ts'
import { openMarkdownPort, type MarkdownPort } from './markdown-port.ts'
import type { Root } from './markdown-tree.ts'
import { TreeCache } from './tree-cache.ts'

/** Texts whose trees are kept, in characters: some pages of messages. A tree is ten times its text. */
const cachedLengthMax = 25_000
/** Streams that left the screen and are kept for their return. */
const idleMax = 6

/** The page's one way to trees: one worker, opened with the first text, and the trees it made. */
export class MarkdownClient implements StreamHost {
  readonly #cache = new TreeCache(cachedLengthMax)
  readonly #streams = new Map<number, MarkdownStream>()
  #idle: MarkdownStream[] = []
  #port: MarkdownPort | null = null
  #lastId = 0

  /** The tree of a whole text, when it is still known. */
  cached(text: string): Root | undefined {
    return this.#cache.get(text)
  }

  /** A stream for `text`: one that left the screen and has read its beginning, else a new one. */
  stream(text: string): MarkdownStream {
    const known = this.#idle.find((stream) => stream.text !== '' && text.startsWith(stream.text))
    this.#idle = this.#idle.filter((stream) => stream !== known)
    return known ?? new MarkdownStream(this)
  }

  /** Reads whole texts ahead, so that they are shown in their first paint. */
  async prepare(texts: readonly string[]): Promise<void> {
    await Promise.all(texts.map((text) => this.#prepared(text)))
    const roots = texts.flatMap((text) => this.#cache.get(text) ?? [])
    if (roots.some(hasFormula)) await loadMathStyles()
  }

  send(stream: MarkdownStream, id: number | null, text: string, finished: boolean): number {
    const known = id ?? ++this.#lastId
    this.#streams.set(known, stream)
    this.#port ??= openMarkdownPort(
      (answer) => this.#streams.get(answer.id)?.receive(answer),
      () => new Set(this.#streams.values()).forEach((one) => one.resend()),
    )
    this.#port.post({ type: 'append', id: known, text, finished })
    return known
  }

  drop(id: number): void {
    if (this.#streams.delete(id)) this.#port?.post({ type: 'drop', id })
  }

  keep(text: string, root: Root): void {
    this.#cache.set(text, root)
  }

  listenersChanged(stream: MarkdownStream): void {
    this.#idle = this.#idle.filter((one) => one !== stream)
    if (stream.isListenedTo || stream.text === '') return
    this.#idle.unshift(stream)
    for (const oldest of this.#idle.splice(idleMax)) oldest.close()
  }

  #prepared(text: string): Promise<void> {
    if (this.#cache.get(text)) return Promise.resolve()
    return new Promise((resolve) => {
      const stream = new MarkdownStream(this)
      const stop = stream.subscribe(() => {
        if (!this.#cache.get(text)) return
        stop()
        resolve()
      })
      stream.update(text, false)
    })
  }
}

export const markdownClient = new MarkdownClient()

/** Reads whole texts ahead, so that they are shown in their first paint. */
export function prepareMarkdown(texts: readonly string[]): Promise<void> {
  return markdownClient.prepare(texts)
}
