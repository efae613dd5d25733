import type { Token, Tokens } from 'marked'
import { decodeEntities } from './entities.ts'
import type { Enrichment } from './enrichment.ts'
import { imageTarget, linkTarget } from './link-target.ts'
import type { Image, Inline } from './markdown-tree.ts'
import type { MathSpan } from './math-spans.ts'

/** Builds what stands inside a block, and remembers which footnotes it refers to. */
export class InlineBuilder {
  readonly references: string[] = []
  readonly #enrichment: Enrichment
  readonly #target: typeof linkTarget
  readonly #imageTarget: typeof linkTarget

  constructor(enrichment: Enrichment, target?: typeof linkTarget) {
    this.#enrichment = enrichment
    this.#target = target ?? linkTarget
    this.#imageTarget = target ?? imageTarget
  }

  /** What stands in a paragraph or heading: the blanks at its ends are not part of it. */
  line(tokens: Token[]): Inline[] {
    return this.nodes(
      tokens.map((token, index) => {
        if (token.type !== 'text') return token
        // A blank written as a character reference stays, so the source is asked, not the text.
        const before = index > 0 ? 0 : token.raw.length - token.raw.trimStart().length
        const isLast = index === tokens.length - 1
        const after = isLast ? token.raw.length - token.raw.trimEnd().length : 0
        const text = token.text as string
        return { ...token, text: text.slice(before, text.length - after) }
      }),
    )
  }

  nodes(tokens: Token[]): Inline[] {
    const nodes: Inline[] = []
    for (const token of tokens) {
      for (const node of this.#nodes(token)) {
        const last = nodes.at(-1)
        if (node.type === 'text' && last?.type === 'text') {
          nodes[nodes.length - 1] = { type: 'text', text: last.text + node.text }
        } else nodes.push(node)
      }
    }
    return nodes
  }

  decoded(text: string): string {
    return decodeEntities(text, (name) => this.#enrichment.entity(name))
  }

  #nodes(token: Token): Inline[] {
    switch (token.type) {
      case 'text':
        return [{ type: 'text', text: this.decoded(token.text as string) }]
      case 'escape':
        return [{ type: 'text', text: token.text as string }]
      case 'html':
        return [{ type: 'html', text: token.raw }]
      case 'codespan':
        return [{ type: 'code-span', text: token.text as string }]
      case 'br':
        return [{ type: 'break' }]
      case 'em':
        return [{ type: 'emphasis', children: this.nodes(token.tokens ?? []) }]
      case 'strong':
        return [{ type: 'strong', children: this.nodes(token.tokens ?? []) }]
      case 'del':
        return [{ type: 'strike', children: this.nodes(token.tokens ?? []) }]
      case 'link':
        return this.#link(token as Tokens.Link)
      case 'image':
        return [this.#image(token as Tokens.Image)]
      case 'math':
        return [this.#math(token as Tokens.Generic)]
      case 'footnote-reference': {
        const label = String((token as Tokens.Generic)['label'])
        this.references.push(label)
        return [{ type: 'footnote-reference', label }]
      }
      default:
        return []
    }
  }

  /** A link that may not be followed is only its text. */
  #link(token: Tokens.Link): Inline[] {
    const isBare = 'autolink' in token && token.autolink === true
    const children: Inline[] = isBare
      ? [{ type: 'text', text: token.text }]
      : this.nodes(token.tokens)
    const target = this.#target(isBare ? token.href : this.decoded(token.href))
    const title = token.title ? this.decoded(token.title) : null
    return target ? [{ type: 'link', ...target, title, children }] : children
  }

  #image(token: Tokens.Image): Image | Inline {
    const alt = plainText(this.nodes(token.tokens))
    const target = this.#imageTarget(this.decoded(token.href))
    if (!target) return { type: 'text', text: alt }
    return { type: 'image', src: target.href, host: target.host, alt }
  }

  #math(token: Tokens.Generic): Inline {
    const span = token['span'] as MathSpan
    if (span.open) return { type: 'text', text: token.raw }
    const html = this.#enrichment.typeset(span.tex, span.display)
    return { type: 'math', source: token.raw, display: span.display, html }
  }
}

/** The words of some inline nodes, without any form. */
export function plainText(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'image') return node.alt
      if (node.type === 'break') return '\n'
      if (node.type === 'math') return node.source
      if (node.type === 'footnote-reference') return ''
      return 'children' in node ? plainText(node.children) : node.text
    })
    .join('')
}
