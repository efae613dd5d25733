/** Follows Markdown text, to tell what stands in a code fence or a code span. */
export class CodeTracker {
  #fence: { mark: string; length: number } | null = null
  /** On the line that opened the fence, where another backtick takes it back. */
  #isInfoLine = false
  /** Behind what closes the fence if nothing else follows on the line. */
  #isClosing = false
  #isSpan = false
  #isLineStart = true
  /** The backticks or tildes just read, whose meaning the next character decides. */
  #run = { mark: '', length: 0, isLineStart: false }

  /** Whether `next` is part of code, were it to come now. */
  holds(next: string): boolean {
    if (next !== this.#run.mark) this.#endRun()
    return this.#fence !== null || this.#isSpan
  }

  take(text: string): void {
    if (/[`~\n]/.test(text)) for (const character of text) this.#takeOne(character)
    else this.#takePlain(text)
  }

  #takeOne(character: string): void {
    if (character === this.#run.mark) {
      this.#run.length++
      return
    }
    this.#endRun()
    if (character === '`' || character === '~') {
      this.#run = { mark: character, length: 1, isLineStart: this.#isLineStart }
      this.#isLineStart = false
    } else if (character === '\n') this.#endLine()
    else this.#takePlain(character)
  }

  #takePlain(text: string): void {
    this.#endRun()
    if (!/[^ \t>]/.test(text)) return
    this.#isLineStart = false
    this.#isClosing = false
  }

  /** Takes what follows for the start of a line, as after text that is not shown. */
  startLine(): void {
    this.#isLineStart = true
  }

  #endLine(): void {
    if (this.#isClosing) this.#fence = null
    this.#isClosing = false
    this.#isInfoLine = false
    this.#isSpan = false
    this.#isLineStart = true
  }

  #endRun(): void {
    const { mark, length, isLineStart } = this.#run
    if (length === 0) return
    this.#run = { mark: '', length: 0, isLineStart: false }
    if (this.#fence) this.#endRunInFence(this.#fence, mark, length, isLineStart)
    else if (this.#isSpan) this.#isSpan = mark !== '`'
    else if (isLineStart && length >= 3) {
      this.#fence = { mark, length }
      this.#isInfoLine = true
    } else this.#isSpan = mark === '`'
  }

  #endRunInFence(
    fence: { mark: string; length: number },
    mark: string,
    length: number,
    isLineStart: boolean,
  ): void {
    // Three backticks closed on their own line were a code span.
    if (this.#isInfoLine && mark === '`' && fence.mark === '`') this.#fence = null
    else if (isLineStart && mark === fence.mark && length >= fence.length) this.#isClosing = true
  }
}
