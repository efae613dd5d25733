import {
  closingBracket,
  environmentSpanEnd,
  environmentStart,
  mathLengthMax,
} from './math-spans.ts'

export interface BlockMath {
  /** All it takes of the source, its line's end included. */
  raw: string
  source: string
  tex: string
  /** Still without its closing delimiter, which may arrive. */
  open: boolean
}

/** Lines that begin like a formula standing alone; a paragraph before one ends there. */
export const blockMathStart = String.raw` {0,3}(?:\$\$(?!\$)|\\\[|\\begin\{)`
export const isBlockMathStart = new RegExp(`^${blockMathStart}`)

/** The formula that `text` begins with and that fills whole lines; null when there is none. */
export function blockMath(text: string, growing: boolean): BlockMath | null {
  if (!isBlockMathStart.test(text)) return null
  const start = text.search(/[^ ]/)
  const region = searchRegion(text, start)
  const close = closeOf(region.text, start)
  if (close === null) return null
  if (close === 'open') {
    if (!growing || !region.mayGrow) return null
    return { raw: text, source: text.trim(), tex: '', open: true }
  }
  const rest = /^[ \t]*(?:\n|$)/.exec(text.slice(close.end))
  if (!rest || !/[\p{L}\p{N}]/u.test(close.tex)) return null
  const raw = text.slice(0, close.end + rest[0].length)
  return { raw, source: raw.trim(), tex: close.tex, open: false }
}

/**
 * Where the closer is looked for. A formula holds a blank line only when its opener has a line of
 * its own, so that two dollars at the start of some prose cannot swallow the paragraphs after it.
 */
function searchRegion(text: string, start: number): { text: string; mayGrow: boolean } {
  const end = start + mathLengthMax
  const firstLine = text.slice(start, end).split('\n', 1)[0] ?? ''
  const isOpenerAlone = /^(?:\$\$|\\\[)[ \t]*$/.test(firstLine) || firstLine.startsWith('\\begin')
  const blank = isOpenerAlone ? null : /\n[ \t]*\n/.exec(text.slice(start, end))
  const stop = blank ? start + blank.index : end
  return { text: text.slice(0, stop), mayGrow: text.length < end && !blank }
}

function closeOf(text: string, start: number): { end: number; tex: string } | 'open' | null {
  if (text.startsWith('$$', start)) {
    const close = unescaped(text, '$$', start + 2)
    return close === null ? 'open' : { end: close + 2, tex: text.slice(start + 2, close) }
  }
  if (text.startsWith('\\[', start)) {
    const close = closingBracket(text, start + 2, ']')
    return close === null ? 'open' : { end: close + 2, tex: text.slice(start + 2, close) }
  }
  environmentStart.lastIndex = start
  if (!environmentStart.test(text)) {
    // The name of the environment may still be arriving.
    return /^\\begin\{[A-Za-z]*\*?$/.test(text.slice(start)) ? 'open' : null
  }
  const end = environmentSpanEnd(text, start)
  if (end === null || end === 'open') return 'open'
  return { end, tex: text.slice(start, end) }
}

function unescaped(text: string, mark: string, from: number): number | null {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    let slashes = 0
    while (text[at - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return at
  }
  return null
}
