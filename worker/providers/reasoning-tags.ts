import { CodeTracker } from './code-tracker.ts'

export type TagPair = readonly [open: string, close: string]

export interface TagPiece {
  type: 'text' | 'reasoning'
  text: string
}

export interface TagSplitter {
  /** What is certain after this much more text; the beginning of a tag is held back. */
  push(text: string): TagPiece[]
  /** What was held back, once nothing more comes. */
  end(): TagPiece[]
}

const words = ['think', 'thinking', 'reason', 'reasoning', 'thought']

export const defaultTagPairs: readonly TagPair[] = [
  ...words.map((word): TagPair => [`<${word}>`, `</${word}>`]),
  ['<|begin_of_thought|>', '<|end_of_thought|>'],
  ['◁think▷', '◁/think▷'],
]

/**
 * Splits a reply into visible text and the reasoning between tags, in any case and wherever the
 * text is cut. Tags inside code are text, so a reply that quotes one keeps it; inside reasoning
 * only its own closing tag counts, quoted or not, because reasoning seldom closes its quotes.
 */
export function createTagSplitter(pairs: readonly TagPair[]): TagSplitter {
  return new Splitter(pairs)
}

class Splitter implements TagSplitter {
  readonly #pairs: readonly TagPair[]
  readonly #plainText: RegExp
  readonly #plainReasoning: Map<string, RegExp>
  readonly #code = new CodeTracker()
  /** The closing tag of the open reasoning; null in visible text. */
  #close: string | null = null
  /** Just behind a closing tag, where white space is dropped. */
  #isAfterClose = false
  #held = ''
  #pieces: TagPiece[] = []

  constructor(pairs: readonly TagPair[]) {
    this.#pairs = pairs.map(([open, close]) => [open.toLowerCase(), close.toLowerCase()])
    this.#plainText = runWithout(['`', '~', '\n', ...this.#pairs.map(([open]) => open)])
    this.#plainReasoning = new Map(this.#pairs.map(([, close]) => [close, runWithout([close])]))
  }

  push(text: string): TagPiece[] {
    for (let at = 0; at < text.length;) {
      const run = this.#runAt(text, at)
      if (run === '') this.#step(text[at] ?? '')
      else this.#emit(run)
      at += run.length || 1
    }
    return this.#take()
  }

  end(): TagPiece[] {
    this.#emit(this.#held)
    this.#held = ''
    return this.#take()
  }

  /** A stretch no tag and no code begins or ends in: most of every text. */
  #runAt(text: string, at: number): string {
    if (this.#held !== '' || this.#isAfterClose) return ''
    const plain = this.#close === null ? this.#plainText : this.#plainReasoning.get(this.#close)
    if (!plain) return ''
    plain.lastIndex = at
    return plain.exec(text)?.[0] ?? ''
  }

  #step(character: string): void {
    if (this.#isAfterClose) {
      if (/\s/.test(character)) return
      this.#isAfterClose = false
    }
    if (this.#close === null && this.#held === '' && this.#code.holds(character)) {
      this.#emit(character)
      return
    }
    this.#held += character
    const held = this.#held.toLowerCase()
    const tags = this.#close === null ? this.#pairs.map(([open]) => open) : [this.#close]
    if (tags.includes(held)) this.#turn(held)
    else if (!tags.some((tag) => tag.startsWith(held))) this.#release()
  }

  #turn(tag: string): void {
    this.#held = ''
    this.#isAfterClose = this.#close !== null
    if (this.#close === null) this.#close = this.#pairs.find(([open]) => open === tag)?.[1] ?? null
    else {
      this.#close = null
      this.#code.startLine()
    }
  }

  /** What was held is no tag; a tag may still begin behind its first character. */
  #release(): void {
    const [first = '', ...rest] = unitsOf(this.#held)
    this.#held = ''
    this.#emit(first)
    for (const character of rest) this.#step(character)
  }

  #emit(text: string): void {
    if (text === '') return
    if (this.#close === null) this.#code.take(text)
    const type = this.#close === null ? 'text' : 'reasoning'
    const last = this.#pieces.at(-1)
    if (last?.type === type) last.text += text
    else this.#pieces.push({ type, text })
  }

  #take(): TagPiece[] {
    const pieces = this.#pieces
    this.#pieces = []
    return pieces
  }
}

/** The code units of a text: a cut between reads may part any two of them. */
const unitsOf = (text: string) => text.split('')

/** Matches a run of characters of which none begins one of `tags`. */
function runWithout(tags: readonly string[]): RegExp {
  const first = tags.flatMap((tag) => [tag.slice(0, 1), tag.slice(0, 1).toUpperCase()])
  const escaped = first.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return new RegExp(`[^${escaped.join('')}]+`, 'y')
}
