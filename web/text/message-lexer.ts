import { getDefaults, Hooks, Lexer, Tokenizer } from 'marked'
import type { MarkedOptions, Token, Tokens, TokensList } from 'marked'
import { blockMath, isBlockMathStart } from './block-math.ts'
import { maskForCjk, neighbourOfOpener } from './cjk-emphasis.ts'
import { footnoteDefinition, footnoteReference } from './footnote-source.ts'
import {
  blockRules,
  inlineRules,
  isTableHead,
  looksLikeTableHead,
  underlineRegion,
} from './message-rules.ts'
import { mathSpans, type MathSpan } from './math-spans.ts'

const mayBeAddress = /^(?:(?:https?|ftp|mailto|xmpp):|www\.|[A-Za-z0-9._+-]{1,64}@)/i

type LinkDefinition = Pick<Tokens.Link, 'href' | 'title'>

/** What a lexer knows from the text before the piece it is given. */
export interface Definitions {
  links: ReadonlyMap<string, LinkDefinition>
  footnotes: ReadonlySet<string>
}

/** Deeper quotes, lists and emphasis are text: nesting costs time and stack, and nobody reads it. */
const depthMax = 50
/** A longer paragraph is read line by line, see `pieces`. */
const inlineLengthMax = 8_000
const longLineMax = 4_000

/**
 * marked's lexer for one piece of a message, with formulas and footnotes, made safe for any input.
 * `growing` means that more text may follow: what is not closed yet is then shown calmly.
 */
export class MessageLexer extends Lexer {
  readonly growing: boolean
  readonly footnotes: Set<string>
  /** Lines known to have no underline below: how much source was left at their start and end. */
  plainLines = { from: 0, downTo: 0 }
  #blockDepth = 0
  #runStack: InlineRun[] = []

  constructor(definitions: Definitions, growing: boolean) {
    const tokenizer = new MessageTokenizer()
    super(lexerOptions(tokenizer))
    this.growing = growing
    this.footnotes = new Set(definitions.footnotes)
    Object.assign(this.tokens.links, Object.fromEntries(definitions.links))
    tokenizer.rules = { ...tokenizer.rules, block: blockRules, inline: inlineRules }
  }

  get run(): InlineRun | undefined {
    return this.#runStack.at(-1)
  }

  override blockTokens(source: string, tokens?: Token[], clipped?: boolean): Token[]
  override blockTokens(source: string, tokens?: TokensList, clipped?: boolean): TokensList
  override blockTokens(source: string, tokens: Token[] = [], clipped = false): Token[] {
    if (this.#blockDepth >= depthMax) {
      tokens.push({ type: 'text', raw: source, text: source, tokens: this.inline(source) })
      return tokens
    }
    const outerLines = this.plainLines
    this.plainLines = { from: 0, downTo: 0 }
    this.#blockDepth++
    try {
      return super.blockTokens(source, tokens, clipped)
    } finally {
      this.#blockDepth--
      this.plainLines = outerLines
    }
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.#runStack.length >= depthMax) return plain(source, tokens)
    if (this.#runStack.length > 0 || source.length <= inlineLengthMax) {
      return this.#inlineRun(source, tokens)
    }
    for (const piece of pieces(source)) {
      if (piece.length > longLineMax) plain(piece, tokens)
      else this.#inlineRun(piece, tokens)
    }
    return tokens
  }

  #inlineRun(source: string, tokens: Token[]): Token[] {
    // marked keeps "inside <a>" from one block to the next, which no reader would expect.
    if (this.#runStack.length === 0) this.state.inLink = false
    this.#runStack.push({ source, spans: mathSpans(source, this.growing) })
    try {
      return super.inlineTokens(source, tokens)
    } finally {
      this.#runStack.pop()
    }
  }
}

interface InlineRun {
  source: string
  spans: MathSpan[]
}

class MessageTokenizer extends Tokenizer {
  get message(): MessageLexer {
    return this.lexer as MessageLexer
  }

  /** Where in the run of text at hand `rest` begins. */
  position(rest: string): number {
    return (this.message.run?.source.length ?? rest.length) - rest.length
  }

  /** Text ends where a formula begins; marked itself stops at no dollar. */
  override inlineText(rest: string): Tokens.Text | undefined {
    const at = this.position(rest)
    const next = this.message.run?.spans.find((span) => span.start > at)
    return super.inlineText(next ? rest.slice(0, next.start - at) : rest)
  }

  /** A paragraph goes on over what only looks like a formula standing alone, or like a table. */
  override paragraph(source: string): Tokens.Paragraph | undefined {
    const start = this.rules.block.paragraph.exec(source)
    if (!start) return undefined
    let end = start[0].length
    while (source[end] === '\n' && this.#isFalseStart(source.slice(end + 1))) {
      const more = this.rules.block.paragraph.exec(source.slice(end + 1))
      if (!more) break
      end += 1 + more[0].length
    }
    const raw = source.slice(0, end)
    const text = raw.replace(/\n$/, '')
    return { type: 'paragraph', raw, text, tokens: this.lexer.inline(text) }
  }

  #isFalseStart(line: string): boolean {
    if (isBlockMathStart.test(line)) return !blockMath(line, this.message.growing)
    return looksLikeTableHead.test(line) && !isTableHead(line)
  }

  override table(source: string): Tokens.Table | undefined {
    return isTableHead(source) ? super.table(source) : undefined
  }

  /** Looks for an underline once in a stretch of lines, not again from each line of it. */
  override lheading(source: string): Tokens.Heading | undefined {
    const { plainLines } = this.message
    if (source.length <= plainLines.from && source.length > plainLines.downTo) return undefined
    const heading = super.lheading(source)
    const region = heading ? null : underlineRegion.exec(source)
    if (region) {
      plainLines.from = source.length
      plainLines.downTo = source.length - region[0].length
    }
    return heading
  }

  override url(rest: string): Tokens.Link | undefined {
    return mayBeAddress.test(rest) ? super.url(rest) : undefined
  }

  override emStrong(rest: string, masked: string, before = '') {
    return super.emStrong(rest, masked, neighbourOfOpener(rest, before))
  }
}

function lexerOptions(tokenizer: MessageTokenizer): MarkedOptions {
  const hooks = new Hooks()
  hooks.emStrongMask = (masked) => {
    return maskForCjk(maskSpans(masked, tokenizer.message.run?.spans ?? []))
  }
  return {
    ...getDefaults(),
    tokenizer,
    hooks,
    extensions: {
      renderers: {},
      childTokens: {},
      block: [
        (source) => mathBlockToken(source, tokenizer.message.growing),
        (source) => footnoteDefinition(source, tokenizer.message),
      ],
      inline: [
        (rest) => mathToken(rest, tokenizer),
        (rest) => footnoteReference(rest, tokenizer.message.footnotes),
      ],
    },
  }
}

function mathBlockToken(source: string, growing: boolean): Tokens.Generic | undefined {
  const math = blockMath(source, growing)
  return math ? { type: 'math-block', ...math } : undefined
}

function mathToken(rest: string, tokenizer: MessageTokenizer): Tokens.Generic | undefined {
  if (rest[0] !== '$' && rest[0] !== '\\') return undefined
  const at = tokenizer.position(rest)
  const span = tokenizer.message.run?.spans.find(({ start }) => start === at)
  if (!span) return undefined
  return { type: 'math', raw: rest.slice(0, span.end - at), span }
}

function maskSpans(masked: string, spans: MathSpan[]): string {
  let text = ''
  let end = 0
  for (const span of spans) {
    text += masked.slice(end, span.start) + 'a'.repeat(span.end - span.start)
    end = span.end
  }
  return text + masked.slice(end)
}

function plain(source: string, tokens: Token[]): Token[] {
  tokens.push({ type: 'text', raw: source, text: source })
  return tokens
}

/** `source` in whole lines, as many at a time as fit. */
function pieces(source: string): string[] {
  const found: string[] = []
  let piece = ''
  for (const line of source.split(/(?<=\n)/)) {
    if (piece.length + line.length > longLineMax && piece) {
      found.push(piece)
      piece = ''
    }
    piece += line
  }
  return [...found, piece]
}
