import type { Token, Tokens } from 'marked'
import { InlineBuilder } from './build-inline.ts'
import type { Enrichment } from './enrichment.ts'
import { isClosedFence } from './fence.ts'
import type { linkTarget } from './link-target.ts'
import type { Block, ListItem, TableCell } from './markdown-tree.ts'

/** The tree of one piece of a message, and what it says about the message's footnotes. */
export interface BuiltTree {
  blocks: Block[]
  references: string[]
  notes: Map<string, Block[]>
}

/**
 * The tree of what marked's lexer found. `growing` when the piece is the end of a text that is
 * still arriving.
 */
export function buildTree(
  tokens: Token[],
  enrichment: Enrichment,
  growing: boolean,
  target?: typeof linkTarget,
): BuiltTree {
  const builder = new TreeBuilder(enrichment, target)
  const blocks = builder.blocks(tokens, growing)
  return { blocks, references: builder.inlines.references, notes: builder.notes }
}

class TreeBuilder {
  readonly notes = new Map<string, Block[]>()
  readonly inlines: InlineBuilder
  readonly #enrichment: Enrichment

  constructor(enrichment: Enrichment, target?: typeof linkTarget) {
    this.#enrichment = enrichment
    this.inlines = new InlineBuilder(enrichment, target)
  }

  blocks(tokens: Token[], atEnd: boolean): Block[] {
    const last = tokens.findLastIndex(({ type }) => type !== 'space')
    return tokens.flatMap((token, index) => this.#block(token, atEnd && index === last) ?? [])
  }

  #block(token: Token, atEnd: boolean): Block | null {
    switch (token.type) {
      case 'paragraph':
      case 'text':
        return {
          type: 'paragraph',
          tight: token.type === 'text',
          children: this.inlines.line(token.tokens ?? []),
        }
      case 'heading':
        return {
          type: 'heading',
          depth: (token as Tokens.Heading).depth,
          children: this.inlines.line(token.tokens ?? []),
        }
      case 'code':
        return this.#code(token as Tokens.Code, atEnd)
      case 'blockquote':
        return { type: 'quote', children: this.blocks(token.tokens ?? [], atEnd) }
      case 'list':
        return this.#list(token as Tokens.List, atEnd)
      case 'table':
        return this.#table(token as Tokens.Table)
      case 'hr':
        return { type: 'rule' }
      case 'html':
        return { type: 'html-block', text: token.raw.replace(/\n+$/, '') }
      case 'math-block':
        return this.#math(token as Tokens.Generic)
      case 'footnote-definition':
        this.#note(token as Tokens.Generic, atEnd)
        return null
      // Blank lines, link definitions, and the check box of a task, which the item already knows.
      default:
        return null
    }
  }

  #code(token: Tokens.Code, atEnd: boolean): Block {
    const language = this.inlines.decoded(/^[^\s{,:]*/.exec(token.lang ?? '')?.[0] ?? '')
    const open = atEnd && token.codeBlockStyle !== 'indented' && !isClosedFence(token.raw)
    const code = token.text.replace(/\n$/, '')
    const children = token.text === '' ? [] : this.#enrichment.highlight(language, code, open)
    return { type: 'code', language, open, children }
  }

  #list(token: Tokens.List, atEnd: boolean): Block {
    const children = token.items.map((item, index): ListItem => {
      const isLast = index === token.items.length - 1
      return {
        type: 'item',
        checked: item.task ? (item.checked ?? false) : null,
        children: this.blocks(item.tokens, atEnd && isLast),
      }
    })
    const start = typeof token.start === 'number' ? token.start : 1
    return { type: 'list', ordered: token.ordered, start, loose: token.loose, children }
  }

  #table(token: Tokens.Table): Block {
    const cell = ({ tokens }: Tokens.TableCell): TableCell => {
      return { type: 'cell', children: this.inlines.nodes(tokens) }
    }
    const rows = [token.header, ...token.rows]
    return {
      type: 'table',
      align: token.align,
      children: rows.map((cells) => ({ type: 'row', children: cells.map(cell) })),
    }
  }

  #math(token: Tokens.Generic): Block {
    const source = String(token['source'])
    const html = token['open'] ? null : this.#enrichment.typeset(String(token['tex']), true)
    return { type: 'math-block', source, html }
  }

  #note(token: Tokens.Generic, atEnd: boolean): void {
    const label = String(token['label'])
    const blocks = this.blocks(token.tokens ?? [], atEnd)
    if (!this.notes.has(label)) this.notes.set(label, blocks)
  }
}
