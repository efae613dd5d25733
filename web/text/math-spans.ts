/**
 * Where a run of text is mathematics. Code spans and escapes come first: nothing inside them is.
 * A dollar follows the rule of prose with prices in it: it opens only after white space,
 * punctuation or a CJK character and before something, it closes the other way round, on one line.
 */
export interface MathSpan {
  start: number
  end: number
  /** What KaTeX is given. */
  tex: string
  display: boolean
  /** Opened at the end of a text that is still arriving: shown as it is written. */
  open: boolean
}

/** No formula is longer: a lone opener must not swallow a whole answer while it arrives. */
export const mathLengthMax = 10_000

const environmentNames =
  '(?:equation|align|alignat|gather|multline|split|aligned|alignedat|gathered|cases|dcases|rcases|' +
  'matrix|pmatrix|bmatrix|Bmatrix|vmatrix|Vmatrix|smallmatrix|array|subarray|CD)'
export const environmentStart = new RegExp(String.raw`\\begin\{(${environmentNames}\*?)\}`, 'y')
const bareCommand = /\\(?:ce|pu|boxed)\{/y

/** All formulas of `text`, in order, never overlapping. `growing` when more text may follow. */
export function mathSpans(text: string, growing: boolean): MathSpan[] {
  const spans: MathSpan[] = []
  if (!/[$\\]/.test(text)) return spans
  const scan: Scan = { text, growing, codeSpanEnd: codeSpanEnds(text), searched: [0, 0, 0] }
  let at = 0
  while (at < text.length) {
    const char = text[at]
    let span: MathSpan | null = null
    if (char === '$') span = dollarSpan(scan, at)
    else if (char === '\\') span = commandSpan(scan, at)
    if (span) {
      spans.push(span)
      at = span.end
    } else if (char === '`') at = scan.codeSpanEnd(at) ?? at + runLength(text, at)
    else if (char === '$') at += runLength(text, at)
    else at += char === '\\' ? 2 : 1
  }
  return spans
}

interface Scan {
  text: string
  growing: boolean
  codeSpanEnd: (at: number) => number | null
  /** By width: no closer stands between the last opener that found none and here. */
  searched: [never: number, single: number, double: number]
}

function dollarSpan(scan: Scan, start: number): MathSpan | null {
  const { text } = scan
  const width = runLength(text, start)
  if ((width !== 1 && width !== 2) || !mayBorder(charBefore(text, start))) return null
  const from = start + width
  const display = width === 2
  const first = text[from]
  if (!display && (first === undefined || isBlank(first))) return null
  const lineEnd = display ? text.length : indexOr(text.indexOf('\n', from), text.length)
  const limit = Math.min(lineEnd, from + mathLengthMax)
  const close = closingDollar(scan, from, limit, width)
  if (close === 'code') return null
  if (close !== null) {
    const tex = text.slice(from, close)
    return { start, end: close + width, tex, display, open: false }
  }
  const looksLikeMath = display || /[\\^_{}=]/.test(text.slice(from))
  return scan.growing && limit === text.length && looksLikeMath ? openSpan(text, start) : null
}

function closingDollar(scan: Scan, from: number, limit: number, width: 1 | 2) {
  const { text, searched } = scan
  let at = Math.max(from, searched[width])
  while (at < limit) {
    const char = text[at]
    if (char === '\\') at += 2
    else if (char === '`') {
      // Code binds tighter than mathematics: a formula does not reach over it.
      if (scan.codeSpanEnd(at) !== null) return 'code'
      at += runLength(text, at)
    } else if (char === '$') {
      const run = runLength(text, at)
      if (run === width && closes(text, from, at, width)) return at
      at += run
    } else at++
  }
  searched[width] = at
  return null
}

function closes(text: string, from: number, at: number, width: number): boolean {
  if (width === 2) return text.slice(from, at).trim() !== ''
  const last = text[at - 1]
  if (last === undefined || isBlank(last)) return false
  const next = text.codePointAt(at + 1)
  return mayBorder(next === undefined ? '' : String.fromCodePoint(next))
}

function commandSpan({ text, growing }: Scan, start: number): MathSpan | null {
  const next = text[start + 1]
  if (next === '(' || next === '[') {
    const close = closingBracket(text, start + 2, next === '(' ? ')' : ']')
    if (close === null) return growing ? openSpan(text, start) : null
    const tex = text.slice(start + 2, close)
    if (!/[\p{L}\p{N}]/u.test(tex)) return null
    return { start, end: close + 2, tex, display: next === '[', open: false }
  }
  const environmentEnd = environmentSpanEnd(text, start)
  if (environmentEnd !== null) {
    const end = environmentEnd === 'open' ? null : environmentEnd
    if (end === null) return growing ? openSpan(text, start) : null
    return { start, end, tex: text.slice(start, end), display: true, open: false }
  }
  bareCommand.lastIndex = start
  const bare = bareCommand.exec(text)
  if (!bare) return null
  const end = closingBrace(text, bareCommand.lastIndex)
  if (end === null) return growing ? openSpan(text, start) : null
  return { start, end, tex: text.slice(start, end), display: false, open: false }
}

/** The end of the environment that begins at `start`; null when none does. */
export function environmentSpanEnd(text: string, start: number): number | 'open' | null {
  environmentStart.lastIndex = start
  const begin = environmentStart.exec(text)
  if (!begin) return null
  const marks = new RegExp(
    String.raw`\\(begin|end)\{${begin[1]?.replace('*', String.raw`\*`)}\}`,
    'g',
  )
  marks.lastIndex = start
  for (let depth = 0, mark = marks.exec(text); mark; mark = marks.exec(text)) {
    if (mark.index - start > mathLengthMax) break
    depth += mark[1] === 'begin' ? 1 : -1
    if (depth === 0) return marks.lastIndex
  }
  return 'open'
}

/** Where `\)` or `\]` stands; a doubled backslash is a line break and closes nothing. */
export function closingBracket(text: string, from: number, bracket: string): number | null {
  const limit = Math.min(text.length, from + mathLengthMax)
  for (let at = from; at < limit; at++) {
    if (text[at] !== '\\') continue
    if (text[at + 1] === bracket) return at
    at++
  }
  return null
}

function closingBrace(text: string, from: number): number | null {
  const limit = Math.min(text.length, from + mathLengthMax)
  let depth = 1
  for (let at = from; at < limit; at++) {
    const char = text[at]
    if (char === '\\') at++
    else if (char === '\n') return null
    else if (char === '{') depth++
    else if (char === '}' && --depth === 0) return at + 1
  }
  return null
}

function openSpan(text: string, start: number): MathSpan {
  return { start, end: text.length, tex: '', display: false, open: true }
}

/** A function from where backticks start to where their code span ends; null when they open none. */
function codeSpanEnds(text: string): Scan['codeSpanEnd'] {
  let runs: Map<number, number[]> | null = null
  return (at) => {
    runs ??= backtickRuns(text)
    const width = runLength(text, at)
    const closer = firstAbove(runs.get(width) ?? [], at)
    return closer === undefined ? null : closer + width
  }
}

function backtickRuns(text: string): Map<number, number[]> {
  const runs = new Map<number, number[]>()
  for (const run of text.matchAll(/`+/g)) {
    const starts = runs.get(run[0].length)
    if (starts) starts.push(run.index)
    else runs.set(run[0].length, [run.index])
  }
  return runs
}

function firstAbove(sorted: number[], bound: number): number | undefined {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) > bound) high = middle
    else low = middle + 1
  }
  return sorted[low]
}

/** How often the character at `at` stands there in a row. */
function runLength(text: string, at: number): number {
  let length = 1
  while (text[at + length] === text[at]) length++
  return length
}

const border =
  /^(?:[\s\p{P}\p{S}]|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Script=Bopomofo})$/u
function mayBorder(char: string): boolean {
  return char === '' || (char !== '$' && border.test(char))
}

function charBefore(text: string, at: number): string {
  const unit = text.charCodeAt(at - 1)
  const isLowSurrogate = unit >= 0xdc00 && unit <= 0xdfff
  return text.slice(Math.max(0, at - (isLowSurrogate ? 2 : 1)), at)
}

function isBlank(char: string): boolean {
  return /\s/.test(char)
}

function indexOr(index: number, otherwise: number): number {
  return index < 0 ? otherwise : index
}
