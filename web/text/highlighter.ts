import hljs from 'highlight.js/lib/core'
import { LineEmitter } from './code-lines.ts'
import { embedded, grammars, type Grammar } from './languages.ts'
import type { CodeLine } from './markdown-tree.ts'
import { OnFirstUse } from './on-first-use.ts'

export interface Highlighted {
  lines: CodeLine[]
  /** The code ends outside every string, comment and section, so what follows can be read alone. */
  endsAtRoot: boolean
}

/** Colours code; a language it has not met yet is fetched, and announced by `onLoaded`. */
export class Highlighter {
  readonly #hljs = hljs.newInstance()
  readonly #grammars = new Map<Grammar, OnFirstUse<true>>()
  readonly #onLoaded: () => void

  constructor(onLoaded: () => void) {
    this.#onLoaded = onLoaded
    this.#hljs.configure({ __emitter: LineEmitter })
  }

  /** Null while the language is on its way, or cannot be had. */
  highlight(grammar: Grammar, code: string): Highlighted | null {
    if (!this.#isReady(grammar)) return null
    const result = this.#hljs.highlight(code, { language: grammar, ignoreIllegals: true })
    const { _emitter: emitter, _top: top } = result
    const isRoot = top !== undefined && !('parent' in top && top.parent)
    return { lines: (emitter as LineEmitter).lines, endsAtRoot: isRoot }
  }

  isLoading(grammar: Grammar): boolean {
    return this.#grammars.get(grammar)?.isLoading ?? false
  }

  #isReady(grammar: Grammar): boolean {
    let fetched = this.#grammars.get(grammar)
    if (!fetched) {
      fetched = new OnFirstUse(() => this.#load(grammar), this.#onLoaded)
      this.#grammars.set(grammar, fetched)
    }
    return fetched.value ?? false
  }

  async #load(grammar: Grammar): Promise<true> {
    const names = [grammar, ...(embedded[grammar] ?? [])]
    const loaded = await Promise.all(names.map((name) => grammars[name]()))
    loaded.forEach(({ default: language }, index) => {
      this.#hljs.registerLanguage(names[index] ?? grammar, language)
    })
    return true
  }
}
