import type { Token } from 'marked'
import { buildTree, type BuiltTree } from './build-tree.ts'
import type { Enrichment } from './enrichment.ts'
import { labelKey } from './footnote-source.ts'
import { openingFenceLength } from './fence.ts'
import { heldBack } from './hold-back.ts'
import type { linkTarget } from './link-target.ts'
import { emptyRoot, type Block, type Footnote, type Root } from './markdown-tree.ts'
import { MessageLexer, type Definitions } from './message-lexer.ts'
import { settledLength } from './settled-length.ts'
import { difference, type Patch } from './tree-patch.ts'

/** A piece of the text that nothing appended later can change, except by defining its labels. */
interface Segment {
  source: string
  tree: BuiltTree
  /** The definitions it was read with. */
  definitions: Definitions
  /** Every `[label]` in it: what a definition further down may turn into a link. */
  labels: ReadonlySet<string>
  isUnsettled: boolean
}

const pieceLengthMax = 100_000

interface Lexed {
  tokens: Token[]
  /** Those it was given and those it makes. */
  definitions: Definitions
}

/**
 * A text and its tree while the text grows. Only the end of it is read again on each update; the
 * law is that growing in any steps and finishing gives the tree of the whole text read at once.
 */
export class MarkdownDocument {
  readonly #enrichment: Enrichment
  readonly #target: typeof linkTarget | undefined
  #segments: Segment[] = []
  /** What the segments define. */
  #settled: Definitions = { links: new Map(), footnotes: new Set() }
  #tail = ''
  #endsWithReturn = false
  #isFinished = false
  #isTailUnsettled = false
  #root: Root = emptyRoot

  constructor(enrichment: Enrichment, target?: typeof linkTarget) {
    this.#enrichment = enrichment
    this.#target = target
  }

  get root(): Root {
    return this.#root
  }

  /** Something it shows is still being fetched: `refresh` when that has come. */
  get isUnsettled(): boolean {
    return this.#isTailUnsettled || this.#segments.some(({ isUnsettled }) => isUnsettled)
  }

  append(text: string): void {
    const added = this.#endsWithReturn ? `\r${text}` : text
    this.#endsWithReturn = added.endsWith('\r')
    const whole = this.#endsWithReturn ? added.slice(0, -1) : added
    this.#tail += whole.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd')
  }

  /** Reads what was appended and says how the tree changed. `finished`: nothing more will come. */
  update(finished: boolean): Patch {
    if (finished && this.#endsWithReturn) this.append('\n')
    this.#isFinished = finished
    return this.#read()
  }

  /** Builds again what had to do without something that was being fetched. */
  refresh(): Patch {
    this.#segments = this.#segments.map((segment) =>
      segment.isUnsettled ? this.#segment(segment.source, segment.definitions) : segment,
    )
    return this.#read()
  }

  #read(): Patch {
    this.#settleLongTail()
    const growing = !this.#isFinished
    let shown = this.#tail
    if (growing) shown = shown.slice(0, shown.length - heldBack(shown))
    let lexed = lex(shown, this.#settled, growing)
    const settled = growing ? settledLength(lexed.tokens, shown) : 0
    if (settled > 0) {
      this.#settle(settled)
      lexed = lex(shown.slice(settled), this.#settled, growing)
    }
    this.#segments = this.#segments.map((segment) =>
      isOutdated(segment, lexed.definitions)
        ? this.#segment(segment.source, lexed.definitions)
        : segment,
    )
    for (const segment of this.#segments) segment.definitions = lexed.definitions
    const missesBefore = this.#enrichment.misses
    const tail = buildTree(lexed.tokens, this.#enrichment, growing, this.#target)
    this.#isTailUnsettled = this.#enrichment.misses > missesBefore
    return this.#show([...this.#segments.map(({ tree }) => tree), tail])
  }

  /**
   * Keeps what is read at once short, since some of marked's rules cost the square of a block's
   * length. A block longer than that, code aside, is cut and goes on as a new one.
   */
  #settleLongTail(): void {
    let length = openingFenceLength(this.#tail) + pieceLengthMax
    while (this.#tail.length >= length) {
      const piece = this.#tail.slice(0, length)
      const { tokens } = lex(piece, this.#settled, true)
      const settled = settledLength(tokens, piece)
      this.#settle(settled > 0 ? settled : cutPlace(piece))
      length = openingFenceLength(this.#tail) + pieceLengthMax
    }
  }

  #settle(length: number): void {
    const segment = this.#segment(this.#tail.slice(0, length), this.#settled)
    this.#segments.push(segment)
    this.#settled = segment.definitions
    this.#tail = this.#tail.slice(length)
  }

  #segment(source: string, known: Definitions): Segment {
    const { tokens, definitions } = lex(source, known, false)
    const missesBefore = this.#enrichment.misses
    const tree = buildTree(tokens, this.#enrichment, false, this.#target)
    const isUnsettled = this.#enrichment.misses > missesBefore
    return { source, tree, definitions, labels: labelsOf(source), isUnsettled }
  }

  #show(trees: BuiltTree[]): Patch {
    const children: Block[] = trees.flatMap(({ blocks }) => blocks)
    const notes = footnotes(trees)
    if (notes.length > 0) children.push({ type: 'footnotes', children: notes })
    const before = this.#root
    this.#root = { type: 'root', children }
    return difference(before, this.#root)
  }
}

/** Where a piece without an end is cut: after its last line, or word, or whole character. */
function cutPlace(piece: string): number {
  const isHalf = /[\ud800-\udbff]$/.test(piece)
  return piece.lastIndexOf('\n') + 1 || piece.lastIndexOf(' ') + 1 || piece.length - Number(isHalf)
}

function lex(source: string, known: Definitions, growing: boolean): Lexed {
  const lexer = new MessageLexer(known, growing)
  const tokens = lexer.lex(source)
  const { links } = lexer.tokens
  const isSame =
    Object.keys(links).length === known.links.size && lexer.footnotes.size === known.footnotes.size
  if (isSame) return { tokens, definitions: known }
  const definitions = { links: new Map(Object.entries(links)), footnotes: lexer.footnotes }
  return { tokens, definitions }
}

function isOutdated({ labels, definitions }: Segment, now: Definitions): boolean {
  if (definitions === now) return false
  for (const label of labels) {
    const before = definitions.links.get(label)
    const after = now.links.get(label)
    if (before?.href !== after?.href || before?.title !== after?.title) return true
    if (label.startsWith('^')) {
      const note = label.slice(1)
      if (definitions.footnotes.has(note) !== now.footnotes.has(note)) return true
    }
  }
  return false
}

function labelsOf(source: string): ReadonlySet<string> {
  const labels = new Set<string>()
  for (const [, label] of source.matchAll(/\[((?:\\[^]|[^[\]\\]){1,999})\]/g)) {
    labels.add(labelKey(label ?? ''))
  }
  return labels
}

/** The notes that are referred to, in the order of their first reference. */
function footnotes(trees: BuiltTree[]): Footnote[] {
  const notes = new Map<string, Block[]>()
  for (const tree of trees) {
    for (const [label, blocks] of tree.notes) if (!notes.has(label)) notes.set(label, blocks)
  }
  const labels = new Set(trees.flatMap(({ references }) => references))
  return [...labels].flatMap((label) => {
    const children = notes.get(label)
    return children ? { type: 'footnote' as const, label, children } : []
  })
}
