import type { KatexOptions } from 'katex'
import type { KatexHtml } from './markdown-tree.ts'
import { OnFirstUse } from './on-first-use.ts'

/** The one function of KaTeX that is used. */
interface Katex {
  renderToString(tex: string, options: KatexOptions): string
}
const cachedMax = 400

/**
 * Formulas by KaTeX, fetched with the first one. Its HTML is handed on as a string: it is the one
 * markup that reaches the page, it comes from KaTeX alone (`trust` off, every character of the
 * message escaped by it), and turning it into nodes would cost ten times its bytes to clone and
 * mount, for markup that needs no event and no identity.
 */
export class Typesetter {
  readonly #katex: OnFirstUse<Katex>
  readonly #cache = new Map<string, KatexHtml | null>()

  constructor(onLoaded: () => void) {
    this.#katex = new OnFirstUse(loadKatex, onLoaded)
  }

  get isLoading(): boolean {
    return this.#katex.isLoading
  }

  /** Null while KaTeX is on its way and for what KaTeX does not understand: show the source. */
  typeset(tex: string, display: boolean): KatexHtml | null {
    const katex = this.#katex.value
    if (!katex) return null
    const key = `${display ? 'D' : 'I'}${tex}`
    const known = this.#cache.get(key)
    if (known !== undefined) return known
    const html = render(katex, tex, display)
    if (this.#cache.size >= cachedMax) this.#cache.clear()
    this.#cache.set(key, html)
    return html
  }
}

async function loadKatex(): Promise<Katex> {
  const [{ default: katex }] = await Promise.all([import('katex'), import('katex/contrib/mhchem')])
  return katex
}

function render(katex: Katex, tex: string, displayMode: boolean): KatexHtml | null {
  try {
    return katex.renderToString(tex, {
      displayMode,
      trust: false,
      strict: 'ignore',
      throwOnError: true,
      errorColor: 'currentcolor',
      maxSize: 20,
      maxExpand: 500,
    }) as KatexHtml
  } catch {
    return null
  }
}
