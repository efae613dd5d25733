import { openingFenceLength } from './fence.ts'

/**
 * How much of the end of an arriving text is not shown yet because the next characters decide what
 * it is: a lone `-` may become a list, a rule, the underline of a heading; a line of backticks may
 * open or close code. Held back, it never shows as one thing and then as another.
 */
export function heldBack(text: string): number {
  const lineStart = text.lastIndexOf('\n') + 1
  const line = text.slice(lineStart)
  if (line.length > lineLengthMax) return 0
  // Inside code only its end is of interest.
  if (lineStart > 0 && openingFenceLength(text) === text.length) {
    return /^ {0,3}(?:`+|~+) *$/.test(line) ? line.length : 0
  }
  if (unfinishedLines.some((pattern) => pattern.test(line))) {
    return text.length - Math.min(lineStart, tableHeaderStart(text, lineStart) ?? lineStart)
  }
  const header = tableHeaderStart(text, lineStart)
  if (header !== null) return text.length - header
  return /[\\\s]+$/.exec(line)?.[0].length ?? 0
}

const lineLengthMax = 1_000

const container = String.raw`[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*)*`
const unfinishedLines = [
  // Only marks: bullets, numbers, rules, underlines, quotes, heading signs, delimiter rows.
  new RegExp(`^${container}(?:[\\s\\-*+=_#|:~\`$>]*|\\d{1,3}[.)]?[ \\t]*)$`),
  // The opening line of a fence, whose language is still being named.
  new RegExp(`^${container}(?:\`{3,}[^\`]*|~{3,}.*)$`),
  // The check box of a task.
  new RegExp(String.raw`^${container}\[[ xX]?\]?[ \t]*$`),
  // The definition of a link or a footnote.
  /^ {0,3}\[[^\]\n]+\]:/,
  // A tag, alone so far: what follows it decides whether a block of HTML begins.
  /^ {0,3}<(?:[a-zA-Z/!?][^>]*>?[ \t]*)?$/,
]

/**
 * A line that begins with a bar, below none that does, may be the header of a table. Shown as text
 * first, it would jump into a table when its delimiter row comes.
 */
function tableHeaderStart(text: string, lineStart: number): number | null {
  const line = text.slice(lineStart)
  const previousStart = text.lastIndexOf('\n', lineStart - 2) + 1
  const previous = lineStart > 0 ? text.slice(previousStart, lineStart - 1) : ''
  if (isHeader(line) && !isHeader(previous)) return lineStart
  const mayBeDelimiter = /^[\s|:-]*$/.test(line)
  if (!mayBeDelimiter || !isHeader(previous)) return null
  const beforeStart = text.lastIndexOf('\n', previousStart - 2) + 1
  const isFirst = previousStart === 0 || !isHeader(text.slice(beforeStart, previousStart - 1))
  return isFirst ? previousStart : null
}

function isHeader(line: string): boolean {
  return /^ {0,3}\|[^\n]+$/.test(line) && line.length <= lineLengthMax
}
