import type { Highlighted } from './highlighter.ts'
import type { CodeLine } from './markdown-tree.ts'

/**
 * The lines of a code block that is still arriving. Only whole lines are coloured, and only from
 * the last place where the grammar was at its root; where that lies far back, it waits until an
 * eighth more has come, so that the work grows with the code and not with its square.
 */
export class OpenCode {
  readonly grammar: string
  #code = ''
  readonly #highlight: (code: string) => Highlighted | null
  /** Coloured for good: everything before `#rootAt`. */
  #rooted: CodeLine[] = []
  #rootAt = 0
  #coloured: CodeLine[] = []
  #colouredTo = 0

  constructor(grammar: string, highlight: (code: string) => Highlighted | null) {
    this.grammar = grammar
    this.#highlight = highlight
  }

  get code(): string {
    return this.#code
  }

  /** The lines of `code`, which continues what was given before. */
  advance(code: string): CodeLine[] {
    this.#code = code
    const wholeTo = code.lastIndexOf('\n') + 1
    const fresh = wholeTo - this.#colouredTo
    if (fresh > 0 && fresh * 8 >= this.#colouredTo - this.#rootAt) this.#colour(code, wholeTo)
    const plain = code.slice(this.#colouredTo).split('\n')
    return [...this.#rooted, ...this.#coloured, ...plain]
  }

  #colour(code: string, to: number): void {
    const piece = code.slice(this.#rootAt, to)
    const result = this.#highlight(piece)
    if (!result) return
    const lines = result.lines.slice(0, -1)
    this.#colouredTo = to
    if (result.endsAtRoot) {
      this.#rooted.push(...lines)
      this.#coloured = []
      this.#rootAt = to
    } else this.#coloured = lines
  }
}
