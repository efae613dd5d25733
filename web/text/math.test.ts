import { describe, expect, it } from 'vitest'
import { Enrichment } from './enrichment.ts'
import { MarkdownDocument } from './markdown-document.ts'
import type { Block, Inline } from './markdown-tree.ts'

const enrichment = new Enrichment(() => {})

function blocks(text: string, growing = false): readonly Block[] {
  const document = new MarkdownDocument(enrichment)
  document.append(text)
  document.update(!growing)
  return document.root.children
}

/** The formulas of `text`, each with the way it stands. */
function formulas(text: string): string[] {
  const found: string[] = []
  const visit = (node: Block | Inline) => {
    if (node.type === 'math-block') found.push(`block ${node.source}`)
    if (node.type === 'math') found.push(`${node.display ? 'display' : 'inline'} ${node.source}`)
    if ('children' in node && node.type !== 'code') node.children.forEach(visit)
  }
  blocks(text).forEach(visit)
  return found
}

describe('mathematics', () => {
  it.each([
    '价格是 $5 和 $6',
    'US$5 to US$6',
    String.raw`cost \$5`,
    '$ $',
    'a$x$b',
    '$5-$6',
    '`$x$`',
    '```\n$x$\n```',
    '    $$x$$',
    'It is $5, then $10 more.',
    'from **$5** to **$6**',
    '$x\n$',
    '$5 and\n$6',
    '$a `b$ c`',
    String.raw`$a\$`,
    '$$$',
    '$$',
    String.raw`\(\)`,
    String.raw`\\(x\\)`,
    String.raw`\[\]`,
    String.raw`\boxed{`,
    String.raw`\begin{document}x\end{document}`,
  ])('is not in %j', (text) => {
    expect(formulas(text)).toEqual([])
  })

  it.each([
    ['能量 $E=mc^2$ 公式', '$E=mc^2$'],
    ['能量$E=mc^2$公式', '$E=mc^2$'],
    [String.raw`so \(y\) is`, String.raw`\(y\)`],
    [String.raw`water is \ce{H2O} here`, String.raw`\ce{H2O}`],
    [String.raw`\pu{1.2 mol//L}`, String.raw`\pu{1.2 mol//L}`],
    [String.raw`\boxed{42}`, String.raw`\boxed{42}`],
    [String.raw`\boxed{\frac{1}{2}}`, String.raw`\boxed{\frac{1}{2}}`],
    ['**$x$** and', '$x$'],
    ['($x$)', '$x$'],
    [String.raw`$a\$b$`, String.raw`$a\$b$`],
    ['*a $x*y$ b*', '$x*y$'],
    ['| a |\n|---|\n| $x$ |', '$x$'],
    ['[see $x$](https://a.example)', '$x$'],
  ])('stands in the line in %j', (text, source) => {
    expect(formulas(text)).toEqual([`inline ${source}`])
  })

  it.each([
    ['$$a+b$$', '$$a+b$$'],
    ['$$\na\n\n- b\n$$', '$$\na\n\n- b\n$$'],
    [String.raw`\[x\]`, String.raw`\[x\]`],
    [
      `${String.raw`\[`}\na\n=\nb\n${String.raw`\]`}`,
      `${String.raw`\[`}\na\n=\nb\n${String.raw`\]`}`,
    ],
    ...[
      'equation',
      'align',
      'align*',
      'gather',
      'matrix',
      'pmatrix',
      'bmatrix',
      'vmatrix',
      'cases',
    ].map((name) => {
      const source = `\\begin{${name}}\na &= b \\\\\nc &= d\n\\end{${name}}`
      return [source, source]
    }),
  ])('stands alone in %j', (text, source) => {
    expect(formulas(text)).toEqual([`block ${source}`])
  })

  it('ends the paragraph before it, and goes on in lists and quotes', () => {
    expect(blocks('so:\n$$\nx\n$$\nthen').map(({ type }) => type)).toEqual([
      'paragraph',
      'math-block',
      'paragraph',
    ])
    expect(formulas('1. so:\n   $$\n   x\n   $$\n\n> $$\n> y\n> $$')).toEqual([
      'block $$\nx\n$$',
      'block $$\ny\n$$',
    ])
  })

  it('is displayed within a paragraph that has other words', () => {
    expect(formulas('so $$a+b$$ holds')).toEqual(['display $$a+b$$'])
  })

  it('does not reach over paragraphs from dollars in prose', () => {
    expect(formulas('$$ is the process id.\n\nAnd $$ again.')).toEqual([])
  })

  it('shows as written until it is closed, also when its marks would mean something', () => {
    expect(blocks('$$\na\n\n- b', true)).toEqual([
      { type: 'math-block', source: '$$\na\n\n- b', html: null },
    ])
    expect(blocks('so $a_1 * b *', true)).toEqual([
      { type: 'paragraph', tight: false, children: [{ type: 'text', text: 'so $a_1 * b *' }] },
    ])
  })

  it('is text when it never closes', () => {
    expect(blocks('$$\na\n\nb').map(({ type }) => type)).toEqual(['paragraph', 'paragraph'])
  })
})
