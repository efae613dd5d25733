import type { Tokens } from 'marked'
import type { MessageLexer } from './message-lexer.ts'

const definitionStart = /^ {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*([^\n]*)(?:\n|$)/
const reference = /^\[\^([^\]\s]{1,100})\]/
const blockStart = /^ {0,3}(?:[-*+] |\d{1,9}[.)] |#{1,6} |>|`{3,}|~{3,}|\[\^[^\]\s]+\]:)/

/**
 * The footnote that `source` begins with: its first line, lines that continue its paragraph, and
 * further blocks indented by four spaces. Its label is known to `lexer` from here on.
 */
export function footnoteDefinition(
  source: string,
  lexer: MessageLexer,
): Tokens.Generic | undefined {
  const start = definitionStart.exec(source)
  if (!start) return undefined
  const content = [start[2] ?? '']
  let end = start[0].length
  let blanks: string[] = []
  for (const line of linesFrom(source, end)) {
    if (line.trim() === '') {
      blanks.push(line)
      continue
    }
    const isIndented = /^(?: {4}|\t)/.test(line)
    if (!isIndented && (blanks.length > 0 || blockStart.test(line))) break
    content.push(...blanks.map(() => ''), line.replace(/^(?: {1,4}|\t)/, '').replace(/\n$/, ''))
    end += blanks.join('').length + line.length
    blanks = []
  }
  const label = labelKey(start[1] ?? '')
  lexer.footnotes.add(label)
  lexer.state.top = true
  const tokens = lexer.blockTokens(content.join('\n'))
  return { type: 'footnote-definition', raw: source.slice(0, end), label, tokens }
}

function* linesFrom(source: string, start: number): Generator<string> {
  for (let at = start; at < source.length;) {
    const end = source.indexOf('\n', at)
    yield source.slice(at, end < 0 ? source.length : end + 1)
    at = end < 0 ? source.length : end + 1
  }
}

/** A reference to a footnote that the message defines, before or after this place. */
export function footnoteReference(
  rest: string,
  defined: ReadonlySet<string>,
): Tokens.Generic | undefined {
  if (!rest.startsWith('[^')) return undefined
  const match = reference.exec(rest)
  if (!match || !defined.has(labelKey(match[1] ?? ''))) return undefined
  return { type: 'footnote-reference', raw: match[0], label: labelKey(match[1] ?? '') }
}

/** Labels are the same whatever their case and white space; folded like CommonMark's. */
export function labelKey(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase()
}
