import type { Block, Inline, Root } from './markdown-tree.ts'

/**
 * KaTeX's styles and fonts, fetched with the first formula. Until they are there formulas show
 * their source: unstyled, each would show twice, as MathML and as HTML.
 */
let areReady = false
let loading: Promise<void> | null = null
const listeners = new Set<() => void>()

export function areMathStylesReady(): boolean {
  return areReady
}

/** Fetches the styles, if that was not done; `listener` hears of their coming. */
export function subscribeToMathStyles(listener: () => void): () => void {
  listeners.add(listener)
  void loadMathStyles()
  return () => listeners.delete(listener)
}

/** Resolves when the styles are there, or cannot be had for now. */
export function loadMathStyles(): Promise<void> {
  loading ??= import('katex/dist/katex.min.css').then(
    () => {
      areReady = true
      for (const listener of listeners) listener()
    },
    () => {
      loading = null
    },
  )
  return loading
}

export function hasFormula({ children }: Root): boolean {
  return children.some(isOrHasFormula)
}

function isOrHasFormula(node: Block | Inline): boolean {
  if (node.type === 'math' || node.type === 'math-block') return node.html !== null
  return 'children' in node && node.type !== 'code' && node.children.some(isOrHasFormula)
}
