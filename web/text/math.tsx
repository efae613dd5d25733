import { useSyncExternalStore } from 'react'
import type { Inline, KatexHtml, MathBlock as MathBlockNode } from './markdown-tree.ts'

/** A formula that stands alone; it scrolls sideways in its own box. */
export function MathBlock({ math }: { math: MathBlockNode }) {
  const isReady = useMathStyles(math.html !== null)
  if (math.html === null || !isReady) {
    return <pre className="markdown-math-source">{math.source}</pre>
  }
  return <Formula as="div" html={math.html} />
}

export function InlineMath({ math }: { math: Extract<Inline, { type: 'math' }> }) {
  const isReady = useMathStyles(math.html !== null)
  if (math.html === null || !isReady) {
    return <code className="markdown-math-source">{math.source}</code>
  }
  return <Formula as="span" html={math.html} />
}

/** The one place where markup enters the page: KaTeX's own, see typesetter.ts. */
function Formula({ as: Tag, html }: { as: 'div' | 'span'; html: KatexHtml }) {
  const className = Tag === 'div' ? 'markdown-math-block' : 'markdown-math'
  return <Tag className={className} dangerouslySetInnerHTML={{ __html: html }} />
}

/**
 * KaTeX's styles and fonts, fetched with the first formula. Until they are there formulas show
 * their source: unstyled, each would show twice, as MathML and as HTML.
 */
let styles: 'unused' | 'loading' | 'ready' = 'unused'
const listeners = new Set<() => void>()

function useMathStyles(wanted: boolean): boolean {
  return useSyncExternalStore(wanted ? subscribe : ignore, isReady, isReady)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (styles === 'unused') {
    styles = 'loading'
    import('katex/dist/katex.min.css').then(
      () => {
        styles = 'ready'
        for (const one of listeners) one()
      },
      () => {
        styles = 'unused'
      },
    )
  }
  return () => listeners.delete(listener)
}

function ignore(): () => void {
  return () => {}
}

function isReady(): boolean {
  return styles === 'ready'
}
