import type { Root } from './markdown-tree.ts'

/**
 * Trees of texts that were read before, so that a message that comes back into view is there in
 * its first paint. The least recently shown go first once the texts are `lengthMax` together.
 */
export class TreeCache {
  readonly #roots = new Map<string, Root>()
  readonly #lengthMax: number
  #length = 0

  constructor(lengthMax: number) {
    this.#lengthMax = lengthMax
  }

  get(text: string): Root | undefined {
    const root = this.#roots.get(text)
    if (root) {
      this.#roots.delete(text)
      this.#roots.set(text, root)
    }
    return root
  }

  set(text: string, root: Root): void {
    if (!this.#roots.delete(text)) this.#length += text.length
    this.#roots.set(text, root)
    for (const oldest of this.#roots.keys()) {
      if (this.#length <= this.#lengthMax) break
      this.#roots.delete(oldest)
      this.#length -= oldest.length
    }
  }
}
