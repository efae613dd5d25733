/**
 * What a message's text means, as plain data: no markup, no functions, so it crosses from the
 * worker by cloning and nothing in a message can become more than one of these nodes.
 */
export interface Root {
  type: 'root'
  children: readonly Block[]
}

export type Block =
  | { type: 'paragraph'; tight: boolean; children: readonly Inline[] }
  | { type: 'heading'; depth: number; children: readonly Inline[] }
  | { type: 'rule' }
  | { type: 'quote'; children: readonly Block[] }
  | List
  | ListItem
  | Code
  | Table
  | TableRow
  | TableCell
  | MathBlock
  | { type: 'html-block'; text: string }
  | Footnotes
  | Footnote

export interface List {
  type: 'list'
  ordered: boolean
  start: number
  loose: boolean
  children: readonly ListItem[]
}
export interface ListItem {
  type: 'item'
  /** Null when the item is no task. */
  checked: boolean | null
  children: readonly Block[]
}

export interface Code {
  type: 'code'
  /** As the writer named it; empty when not named. */
  language: string
  /** More of it may arrive. */
  open: boolean
  children: readonly CodeLine[]
}
/** A line without colours, or its colour groups and texts by turns: `['keyword', 'let', '', ' x']`. */
export type CodeLine = string | readonly string[]

export type Alignment = 'left' | 'center' | 'right' | null
export interface Table {
  type: 'table'
  align: readonly Alignment[]
  /** The first row is the header. */
  children: readonly TableRow[]
}
export interface TableRow {
  type: 'row'
  children: readonly TableCell[]
}
export interface TableCell {
  type: 'cell'
  children: readonly Inline[]
}

/** Markup that KaTeX made; typeset.ts is the only place that makes one. */
export type KatexHtml = string & { readonly madeBy: 'katex' }

export interface MathBlock {
  type: 'math-block'
  source: string
  /** Null shows the source: not closed yet, not valid, or KaTeX is not there. */
  html: KatexHtml | null
}

/** The notes of the message in the order they are first referred to; always its last block. */
export interface Footnotes {
  type: 'footnotes'
  children: readonly Footnote[]
}
export interface Footnote {
  type: 'footnote'
  label: string
  children: readonly Block[]
}

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'html'; text: string }
  | { type: 'code-span'; text: string }
  | { type: 'break' }
  | { type: 'emphasis' | 'strong' | 'strike'; children: readonly Inline[] }
  | Link
  | Image
  | { type: 'math'; source: string; display: boolean; html: KatexHtml | null }
  | { type: 'footnote-reference'; label: string }

export interface Link {
  type: 'link'
  href: string
  /** Where it leads: the host of a page, the address of a letter. */
  host: string
  title: string | null
  children: readonly Inline[]
}
export interface Image {
  type: 'image'
  src: string
  host: string
  alt: string
}

export type TreeNode = Root | Block | Inline
export type TreeChild = TreeNode | CodeLine

export const emptyRoot: Root = { type: 'root', children: [] }

/** The text of a code block, as it is copied. */
export function codeText(code: Code): string {
  return code.children.map(lineText).join('\n')
}

export function lineText(line: CodeLine): string {
  if (typeof line === 'string') return line
  let text = ''
  for (let index = 1; index < line.length; index += 2) text += line[index]
  return text
}
