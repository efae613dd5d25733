import type { Emitter } from 'highlight.js'
import type { CodeLine } from './markdown-tree.ts'

/**
 * highlight.js's scopes in the few groups that have a colour, see text.css. A scope that is not
 * named here, or only by its first part, has that part's group, else none.
 */
const groups: Readonly<Record<string, string>> = {
  keyword: 'keyword',
  literal: 'number',
  number: 'number',
  string: 'string',
  regexp: 'string',
  'char.escape': 'string',
  link: 'string',
  code: 'string',
  comment: 'comment',
  quote: 'comment',
  doctag: 'comment',
  title: 'name',
  'title.class': 'type',
  section: 'name',
  name: 'keyword',
  tag: '',
  'selector-tag': 'keyword',
  'selector-id': 'name',
  'selector-class': 'name',
  'selector-attr': 'attribute',
  'selector-pseudo': 'attribute',
  'template-tag': 'keyword',
  'template-variable': 'attribute',
  'variable.language': 'keyword',
  variable: 'attribute',
  'variable.constant': 'number',
  type: 'type',
  built_in: 'type',
  attr: 'attribute',
  attribute: 'attribute',
  property: 'attribute',
  symbol: 'number',
  bullet: 'keyword',
  meta: 'meta',
  'meta.prompt': 'meta',
  addition: 'addition',
  deletion: 'deletion',
}

/** Collects what highlight.js finds as lines of groups and texts; it never writes HTML. */
export class LineEmitter implements Emitter {
  #lines: string[][] = [[]]
  #groups: string[] = ['']

  get lines(): CodeLine[] {
    return this.#lines
      .map((runs) => (runs.length === 2 && !runs[0] ? (runs[1] ?? '') : runs))
      .map((line) => (line.length === 0 ? '' : line))
  }

  addText(text: string): void {
    this.#add(this.#groups.at(-1) ?? '', text)
  }

  startScope(scope: string): void {
    const own = groups[scope] ?? groups[scope.split('.')[0] ?? '']
    this.#groups.push(own ?? this.#groups.at(-1) ?? '')
  }

  endScope(): void {
    if (this.#groups.length > 1) this.#groups.pop()
  }

  openNode(scope: string): void {
    this.startScope(scope)
  }

  closeNode(): void {
    this.endScope()
  }

  __addSublanguage(inner: LineEmitter): void {
    inner.#lines.forEach((runs, index) => {
      if (index > 0) this.#lines.push([])
      for (let at = 0; at < runs.length; at += 2) this.#add(runs[at] ?? '', runs[at + 1] ?? '')
    })
  }

  finalize(): void {}

  toHTML(): string {
    return ''
  }

  #add(group: string, text: string): void {
    text.split('\n').forEach((part, index) => {
      if (index > 0) this.#lines.push([])
      if (part === '') return
      const line = this.#lines.at(-1) ?? []
      if (line.at(-2) === group) line[line.length - 1] += part
      // White space has no colour: it stays with whatever stands before it.
      else if (part.trim() === '' && line.length > 0) line[line.length - 1] += part
      else line.push(part.trim() === '' ? '' : group, part)
    })
  }
}
