import { Lexer } from 'marked'
import { blockMathStart } from './block-math.ts'

const gfm = Lexer.rules.block.gfm
const table = gfm.table.source.slice(1)
const tableHead = table.slice(0, table.indexOf(String.raw`(?:\n((?:`))

/**
 * marked's block rules with three changes: a formula that stands alone ends a paragraph; the title
 * of a link definition holds no blank line, as CommonMark says; and a paragraph looks only at the
 * first two lines of what may be a table, not at all its rows on every line.
 */
export const blockRules: typeof gfm = {
  ...gfm,
  paragraph: new RegExp(
    gfm.paragraph.source
      .replace(table, () => String.raw`${tableHead}(?:\n|$)`)
      .replace(String.raw`\n(?!`, `$&${blockMathStart}|`),
  ),
  lheading: new RegExp(
    gfm.lheading.source
      .replace(String.raw`\n(?!`, `$&${blockMathStart}|`)
      .replace('^(?!', `$&${blockMathStart}|`),
  ),
  def: new RegExp(
    gfm.def.source
      .replace(String.raw`[^"\\]`, String.raw`[^"\\\n]|\n(?![ \t]*\n)`)
      .replace(String.raw`[^()\\]`, String.raw`[^()\\\n]|\n(?![ \t]*\n)`)
      .replace(String.raw`\n(?!\n)`, String.raw`\n(?![ \t]*\n)`),
  ),
}

const inline = Lexer.rules.inline.gfm
/**
 * marked's inline rules, but text looks no further ahead for the `@` of an address than the 64
 * characters its first part may have.
 */
export const inlineRules: typeof inline = {
  ...inline,
  text: new RegExp(inline.text.source.replaceAll('+@)', '{1,64}@)')),
}

const headingText = blockRules.lheading.source
/** All lines among which `lheading` looks for an underline, whether there is one or not. */
export const underlineRegion = new RegExp(
  `^${headingText.slice(headingText.indexOf('((?:.|'), headingText.indexOf('+?)'))}+)`,
)

export const looksLikeTableHead = new RegExp(`^${tableHead}(?:\\n|$)`)
const isDelimiterRow = /^ {0,3}(?:\| *)?:?-+:? *(?:\| *:?-+:? *)*(?:\| *)?$/

/** Whether the first two lines of `source` are the head of a table: as many cells as delimiters. */
export function isTableHead(source: string): boolean {
  const headerEnd = source.indexOf('\n')
  if (headerEnd < 0) return false
  const delimiterEnd = source.indexOf('\n', headerEnd + 1)
  const delimiters = source.slice(headerEnd + 1, delimiterEnd < 0 ? undefined : delimiterEnd)
  if (!isDelimiterRow.test(delimiters)) return false
  return cellCount(source.slice(0, headerEnd)) === cellCount(delimiters)
}

function cellCount(row: string): number {
  const cells = row.replace(/\\[^]/g, '').split('|')
  if (cells[0]?.trim() === '') cells.shift()
  if (cells.at(-1)?.trim() === '') cells.pop()
  return cells.length
}
