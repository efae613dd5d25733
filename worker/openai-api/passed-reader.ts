import { fieldsOf, jsonIn } from '../providers/narrow.ts'
import { dataOf, EventBlocks } from './event-blocks.ts'

const commentCharactersMax = 64_000

/** Reads an upstream's stream on its way through, in whole events. */
export abstract class PassedReader {
  readonly #blocks = new EventBlocks()
  /** Comments before the first event; null behind it. */
  #comments: string | null = ''
  #broke: { error: unknown } | null = null

  /** Whether nothing is missing from the answer: what breaks from here on takes nothing away. */
  abstract get isWhole(): boolean
  /** Whether nothing more is to come. */
  abstract get isOver(): boolean

  /** What of one event can go on. Throws the upstream's error. */
  protected abstract event(block: string): string

  /** What goes on in place of a comment. */
  protected comment(block: string): string {
    return block
  }

  /**
   * What of `text` and the rest before it can go on. Throws the upstream's error, but first hands on
   * what came before it.
   */
  take(text: string): string {
    this.requireGood()
    let passed = ''
    for (const block of this.#blocks.take(text)) {
      if (this.isOver) break
      try {
        passed += this.#block(block)
      } catch (error) {
        if (passed === '') throw error
        this.#broke = { error }
        break
      }
    }
    return passed
  }

  /** Throws the upstream's error, if it came behind what was handed on last. */
  requireGood(): void {
    if (this.#broke) throw this.#broke.error
  }

  /** The same at the end of a body, where the last event may lack its empty line but not its data. */
  end(text: string): string {
    const rest = this.take(`${text}\n\n`)
    const data = dataOf(rest).trim()
    if (data !== '[DONE]' && !fieldsOf(jsonIn(data))) return ''
    return this.isWhole ? rest.replace(/\n\n$/, '') : rest
  }

  /** A sign of life is no answer yet: what comes before the first of one goes on together with it. */
  #block(block: string): string {
    const before = this.#comments
    if (!hasData(block)) {
      const comment = this.comment(block)
      if (before === null) return comment
      if (before.length < commentCharactersMax) this.#comments = before + comment
      return ''
    }
    const passed = this.event(block)
    this.#comments = null
    return (before ?? '') + passed
  }
}

function hasData(block: string): boolean {
  const at = block.indexOf('data:')
  return at === 0 || (at > 0 && (block[at - 1] === '\n' || block.includes('\ndata:')))
}
