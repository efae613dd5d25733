/** The words for what cannot be read out. */
export interface SpokenWords {
  code: string
  formula: string
  image: string
}

/**
 * Cuts a growing Markdown text into whole sentences as they are to be spoken: without marks, with
 * one word for a block of code or a formula. English and Chinese sentence ends; a line's end is one.
 */
export class SentenceReader {
  readonly #words: SpokenWords
  #readTo: number
  /** The fence or the formula delimiter that must come before there is anything to read again. */
  #closer: string | null = null

  /** Reads from `start` on. */
  constructor(words: SpokenWords, start = 0) {
    this.#words = words
    this.#readTo = start
  }

  /** The sentences that became whole since the last call. `finished`: the rest is one, too. */
  read(text: string, finished: boolean): string[] {
    const sentences: string[] = []
    while (this.#readTo < text.length) {
      const lineEnd = text.indexOf('\n', this.#readTo)
      const isLineWhole = lineEnd >= 0 || finished
      const line = text.slice(this.#readTo, lineEnd < 0 ? text.length : lineEnd)
      const isLineStart = this.#readTo === 0 || text[this.#readTo - 1] === '\n'
      if (this.#closer !== null || (isLineStart && mayBeBlock.test(line))) {
        if (!isLineWhole) break
        sentences.push(...this.#blockLine(line))
        this.#readTo += line.length + 1
        continue
      }
      const end = sentenceEnd(line, isLineWhole)
      if (end === 0) {
        if (isLineWhole) this.#readTo += 1
        else break
        continue
      }
      sentences.push(this.#spoken(line.slice(0, end)))
      this.#readTo += end
    }
    return sentences.filter(hasWords)
  }

  #blockLine(line: string): string[] {
    const trimmed = line.trim()
    if (this.#closer !== null) {
      const isEnd =
        this.#closer.startsWith('`') || this.#closer.startsWith('~')
          ? trimmed.startsWith(this.#closer)
          : trimmed.endsWith(this.#closer)
      if (isEnd) this.#closer = null
      return []
    }
    const fence = /^(`{3,}|~{3,})/.exec(trimmed)?.[1]
    if (fence) {
      this.#closer = fence
      return [this.#words.code]
    }
    const delimiter = trimmed.startsWith('$$') ? '$$' : trimmed.startsWith('\\[') ? '\\]' : null
    if (delimiter) {
      const isClosed = trimmed.length > 2 && trimmed.endsWith(delimiter)
      this.#closer = isClosed ? null : delimiter
      return [this.#words.formula]
    }
    if (trimmed.startsWith('|')) return [this.#spoken(cells(trimmed))]
    return [this.#spoken(line)]
  }

  #spoken(source: string): string {
    return source
      .replace(/^\s*(?:(?:[-*+>]|#{1,6}|\d{1,9}[.)])\s+)*(?:\[[ xX]\]\s+)?/, '')
      .replace(/!\[([^\]]*)\]\([^)]*\)/g, (_, alt: string) => `${this.#words.image} ${alt}`)
      .replace(/\[\^[^\]]+\]/g, '')
      .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
      .replace(/https?:\/\/([^/\s]+)\S*/g, '$1')
      .replace(/[*~]{1,3}|`+|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}])|\$/gu, '')
      .replace(/\s+/g, ' ')
      .trim()
  }
}

const mayBeBlock = /^\s*(?:`{3}|`{1,2}$|~{3}|~{1,2}$|\||\$\$|\$$|\\\[|\\?$)/
const sentenceEnds =
  /[.!?…]+["'”’)\]*_]*(?=\s+[^\s\p{Ll}])|[。！？；]+[”’」』）)*]*|[.!?…]+["'”’)\]*_]*$/gu
/** A period after these ends no sentence. */
const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|cf|vs|Mr|Mrs|Ms|Dr|Prof|St|No|[A-Z]|\d{1,3})\.$/

/** Where the first whole sentence of `line` ends; 0 while there is none. */
function sentenceEnd(line: string, isLineWhole: boolean): number {
  for (const match of line.matchAll(sentenceEnds)) {
    const end = match.index + match[0].length
    // At the end of what has arrived, `3.` may go on as `3.14`.
    if (end === line.length && !isLineWhole && !/[。！？；]/.test(match[0])) continue
    if (!abbreviation.test(line.slice(0, end))) return end
  }
  return isLineWhole ? line.length : 0
}

function cells(row: string): string {
  return row
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '' && !/^:?-+:?$/.test(cell))
    .join(', ')
}

function hasWords(sentence: string): boolean {
  return /[\p{L}\p{N}]/u.test(sentence)
}
