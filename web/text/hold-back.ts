/**
 * How much of the end of an arriving text is not shown yet because the next characters decide what
 * it is: a lone `-` may become a list, a rule, the underline of a heading; a line of backticks may
 * open or close code. Held back, it never shows as one thing and then as another.
 */
export function heldBack(text: string): number {
  const lineStart = text.lastIndexOf('\n') + 1
  const line = text.slice(lineStart)
  if (line.length > lineLengthMax) return 0
  if (unfinishedLines.some((pattern) => pattern.test(line))) {
    return text.length - Math.min(lineStart, tableHeaderStart(text, lineStart) ?? lineStart)
  }
  const header = tableHeaderStart(text, lineStart)
  if (header !== null) return text.length - header
  return /\\+$/.exec(line)?.[0].length ?? 0
}

const lineLengthMax = 1_000

const container = String.raw`[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*)*`
const unfinishedLines = [
  // Only marks: bullets, rules, underlines, quotes, heading signs, delimiter rows.
  /^[\s\-*+=_#|:~`$>]*$/,
  // A number that may become one of a list.
  new RegExp(String.raw`^${container}\d{1,3}[.)]?[ \t]*$`),
  // The opening line of a fence, whose language is still being named.
  new RegExp(`^${container}(?:\`{3,}[^\`]*|~{3,}.*)$`),
  // The check box of a task.
  new RegExp(String.raw`^${container}\[[ xX]?\]?[ \t]*$`),
  // The definition of a link or a footnote.
  /^ {0,3}\[[^\]\n]+\]:/,
]

/**
 * A line that begins with a bar, first of its paragraph and still the last whole line, may be the
 * header of a table. Shown as text first, it would jump into a table when its delimiter row comes.
 */
function tableHeaderStart(text: string, lineStart: number): number | null {
  const previousStart = text.lastIndexOf('\n', lineStart - 2) + 1
  const line = text.slice(lineStart)
  if (isHeader(line) && isParagraphStart(text, lineStart)) return lineStart
  const previous = lineStart > 0 ? text.slice(previousStart, lineStart - 1) : ''
  const mayBeDelimiter = /^[\s|:-]*$/.test(line)
  if (mayBeDelimiter && isHeader(previous) && isParagraphStart(text, previousStart)) {
    return previousStart
  }
  return null
}

function isHeader(line: string): boolean {
  return /^ {0,3}\|[^\n]+$/.test(line) && line.length <= lineLengthMax
}

function isParagraphStart(text: string, lineStart: number): boolean {
  return (
    lineStart === 0 || /(?:^|\n)[ \t]*\n$/.test(text.slice(Math.max(0, lineStart - 200), lineStart))
  )
}
