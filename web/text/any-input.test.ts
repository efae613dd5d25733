import { describe, expect, it } from 'vitest'
import { Enrichment } from './enrichment.ts'
import { MarkdownDocument } from './markdown-document.ts'

const enrichment = new Enrichment(() => {})

function read(text: string): string {
  const document = new MarkdownDocument(enrichment)
  document.append(text)
  document.update(true)
  return JSON.stringify(document.root)
}

function filled(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length))
}

/** Each would take minutes, or the stack, if anything were tried again from every place. */
describe('any input', () => {
  it('may be one line of a megabyte', () => {
    const tree = read(filled('lorem ipsum ', 1_000_000))
    expect(tree.match(/lorem ipsum/g)).toHaveLength(83_334)
  })

  it.each(['>', '> ', '- ', '1. ', '[', '![', '(', '<', '*', '_', '`', '~', '$', '|', '\\', '{'])(
    'may nest 10,000 deep: %j',
    (mark) => {
      expect(read(`${mark.repeat(10_000)}core`)).toContain('core')
    },
  )

  it('may nest emphasis, links and lists without end', () => {
    expect(read(`${'**a '.repeat(2_000)}core${' a**'.repeat(2_000)}`)).toContain('core')
    expect(read(`${'['.repeat(2_000)}core${'](https://a.example)'.repeat(2_000)}`)).toContain(
      'core',
    )
    const steps = Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth * 2)}- step`)
    expect(read([...steps, `${' '.repeat(600)}- core`].join('\n'))).toContain('core')
  })

  it.each([
    '*a ',
    '*a_ ',
    'a**b',
    '[a](b',
    '[a][b',
    '![a](<b',
    '[a]: b "\n',
    '`a ``b ',
    '<a b="',
    '<!-- ',
    '&a;',
    'a_',
    'a.b',
    'a@',
    'http://a.b ',
    '$a ',
    '$$a ',
    '$$\n',
    '\\(a ',
    '\\begin{align}',
    '\\ce{',
    '[^a]: b\n',
    '|a|b|\n',
    'a|b\n|-|\n',
    '- a\n\n',
    '> > a\nb\n',
    'a\n',
    '```\n',
    '~~a ',
    '😀*',
    '\t',
    '# a #',
    '  \n',
  ])('may repeat one thing: %j', (unit) => {
    expect(() => read(filled(unit, 30_000))).not.toThrow()
  })

  it('may be a list item or a quote of thousands of lines', () => {
    expect(read(`- ${'line\n'.repeat(10_000)}core`)).toContain('core')
    expect(read(`> ${'line\n'.repeat(10_000)}core`)).toContain('core')
  })

  it('may use the names of an object’s own properties', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    for (const name of names) {
      expect(read(`\`${name}\` [${name}] &${name}; [^${name}]`)).toContain(name)
      const linked = read(`[${name}]\n\n[${name}]: https://a.example`)
      expect(linked).toContain('"href":"https://a.example/"')
      expect(read(`a[^${name}]\n\n[^${name}]: b`)).toContain('"type":"footnote"')
      expect(read(`\`\`\`${name}\nx\n\`\`\``)).toContain(`"language":"${name}"`)
    }
  })

  it('may hold characters that are none', () => {
    expect(read('a\0b\ud800c')).toContain('a\ufffdb')
  })
})
