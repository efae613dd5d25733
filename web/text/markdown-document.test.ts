import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Enrichment } from './enrichment.ts'
import { MarkdownDocument } from './markdown-document.ts'
import { emptyRoot, type Root } from './markdown-tree.ts'
import { patched, type Patch } from './tree-patch.ts'

const enrichment = await readyEnrichment()

/** Texts made of what makes Markdown hard to read piecewise. */
const fragments = [
  'word ',
  '中文',
  '。',
  '\n',
  '\n\n',
  '- ',
  '* ',
  '1. ',
  '2) ',
  '> ',
  '# ',
  '---',
  '===',
  '***',
  '    ',
  '  ',
  '\t',
  '```',
  '```js\n',
  '~~~',
  '`',
  '**',
  '*',
  '_',
  '~~',
  '[',
  ']',
  '(',
  ')',
  '[a]',
  '[a]: ',
  'https://a.example/x',
  '[a](https://b.example "t")',
  '![i](https://c.example/i.png)',
  '|',
  '| a | b |\n',
  '|---|---|\n',
  '$',
  '$$',
  '$x^2$',
  '\\(',
  '\\)',
  '\\[',
  '\\]',
  '\\begin{align}',
  '\\end{align}',
  '\\',
  '[^1]',
  '[^1]: ',
  '<b>',
  '<div>',
  '<!--',
  '-->',
  '<script>',
  '&amp;',
  '&ngE;',
  '- [ ] ',
  '"',
  "'",
  '\r\n',
  '\r',
  '😀',
  '+',
  '2024',
  ':',
  'let a = 1\n',
  '/* ',
  ' */',
  '|',
  '![',
  '<',
  '>',
  '<a href="">',
  '</a>',
  'www.a.example ',
]
const texts = fc
  .array(fc.constantFrom(...fragments), { maxLength: 60 })
  .map((parts) => parts.join(''))
const cuts = fc.array(fc.nat(400), { maxLength: 30 })

describe('a growing document', () => {
  it('has, when finished, the tree of the whole text read at once, however it came', () => {
    fc.assert(
      fc.property(texts, cuts, (text, at) => {
        expect(grown(text, at).root).toEqual(read(text))
      }),
      { numRuns: 1_000 },
    )
  })

  it('cuts a block without end in the same places, however it came', () => {
    const text = `- item\n${'  a line of it, *with* emphasis\n'.repeat(8_000)}\nAfter.`
    const cuts = Array.from({ length: 12 }, (_, index) => index * 23_457)
    expect(grown(text, cuts).root).toEqual(read(text))
  })

  it('turns earlier labels into links and notes when these are defined', () => {
    const document = new MarkdownDocument(enrichment)
    document.append('See [a] and[^n].\n\nMore.\n\nAnd more.\n')
    document.update(false)
    expect(JSON.stringify(document.root)).not.toMatch(/"link"|footnote/)
    document.append('\n[a]: https://a.example\n[^n]: A note.\n')
    document.update(false)
    expect(JSON.stringify(document.root)).toMatch(/"link".*"footnote-reference".*"footnotes"/)
  })

  it('tells its changes so that whoever applies them has the same tree', () => {
    fc.assert(
      fc.property(texts, cuts, (text, at) => {
        const { root, replayed } = grown(text, at)
        expect(replayed).toEqual(root)
      }),
      { numRuns: 300 },
    )
  })
})

function read(text: string): Root {
  const document = new MarkdownDocument(enrichment)
  document.append(text)
  document.update(true)
  return document.root
}

/** The document after `text` came in pieces cut at `at`, and its tree as its patches make it. */
function grown(text: string, at: number[]): { root: Root; replayed: Root } {
  const document = new MarkdownDocument(enrichment)
  let replayed = emptyRoot
  let start = 0
  const show = (patch: Patch) => {
    replayed = patched(replayed, structuredClone(patch))
  }
  for (const cut of [...at].sort((a, b) => a - b)) {
    document.append(text.slice(start, cut))
    show(document.update(false))
    start = Math.max(start, Math.min(cut, text.length))
  }
  document.append(text.slice(start))
  show(document.update(true))
  return { root: document.root, replayed }
}

/** With everything fetched that is fetched on first use. */
async function readyEnrichment(): Promise<Enrichment> {
  let loaded = () => {}
  const enrichment = new Enrichment(() => loaded())
  const document = new MarkdownDocument(enrichment)
  document.append('```js\nlet a\n```\n\n```py\nx\n```\n\n$x$ &ngE;')
  document.update(true)
  while (document.isUnsettled) {
    await new Promise<void>((resolve) => (loaded = resolve))
    document.refresh()
  }
  return enrichment
}
