import { useSyncExternalStore } from 'react'
import { areMathStylesReady, subscribeToMathStyles } from './math-styles.ts'
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

function useMathStyles(isWanted: boolean): boolean {
  const subscribe = isWanted ? subscribeToMathStyles : subscribeToNothing
  return useSyncExternalStore(subscribe, areMathStylesReady, areMathStylesReady)
}

function subscribeToNothing(): () => void {
  return () => {}
}
