import { loadEntities } from './entities.ts'
import { Highlighter } from './highlighter.ts'
import { grammarOf, type Grammar } from './languages.ts'
import type { CodeLine, KatexHtml } from './markdown-tree.ts'
import { OnFirstUse } from './on-first-use.ts'
import { OpenCode } from './open-code.ts'
import { Typesetter } from './typesetter.ts'

/** Longer code stays without colours. */
export const highlightedLengthMax = 20_000
const cachedMax = 60
const openMax = 8

/**
 * What the tree gets beyond its structure: colours, formulas, the names of characters. Each is
 * fetched when first wanted; a tree built meanwhile does without, and `misses` has grown.
 */
export class Enrichment {
  /** Grows whenever something was asked for that is still on its way. */
  misses = 0
  readonly #highlighter: Highlighter
  readonly #typesetter: Typesetter
  readonly #entities: OnFirstUse<Readonly<Record<string, string>>>
  readonly #closed = new Map<string, readonly CodeLine[]>()
  #open: OpenCode[] = []

  constructor(onLoaded: () => void) {
    this.#highlighter = new Highlighter(onLoaded)
    this.#typesetter = new Typesetter(onLoaded)
    this.#entities = new OnFirstUse(loadEntities, onLoaded)
  }

  /** The lines of a code block; `open` when more of it may arrive. */
  highlight(language: string, code: string, open: boolean): readonly CodeLine[] {
    const grammar = grammarOf(language)
    if (!grammar || code.length > highlightedLengthMax) return code.split('\n')
    return open ? this.#openLines(grammar, code) : this.#closedLines(grammar, code)
  }

  typeset(tex: string, display: boolean): KatexHtml | null {
    const html = this.#typesetter.typeset(tex, display)
    if (this.#typesetter.isLoading) this.misses++
    return html
  }

  entity(name: string): string | undefined {
    const names = this.#entities.value
    if (this.#entities.isLoading) this.misses++
    return names && Object.hasOwn(names, name) ? names[name] : undefined
  }

  #closedLines(grammar: Grammar, code: string): readonly CodeLine[] {
    const key = `${grammar}\n${code}`
    const known = this.#closed.get(key)
    if (known) return known
    const lines = this.#highlighter.highlight(grammar, code)?.lines
    if (!lines) {
      if (this.#highlighter.isLoading(grammar)) this.misses++
      return code.split('\n')
    }
    if (this.#closed.size >= cachedMax) this.#closed.clear()
    this.#closed.set(key, lines)
    return lines
  }

  #openLines(grammar: Grammar, code: string): readonly CodeLine[] {
    let open = this.#open.find((one) => one.grammar === grammar && code.startsWith(one.code))
    if (!open) {
      open = new OpenCode(grammar, (piece) => this.#highlighter.highlight(grammar, piece))
      this.#open = [open, ...this.#open.slice(0, openMax - 1)]
    }
    const lines = open.advance(code)
    if (this.#highlighter.isLoading(grammar)) this.misses++
    return lines
  }
}
