import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Enrichment, highlightedLengthMax } from './enrichment.ts'
import { grammarOf, grammars, type Grammar } from './languages.ts'
import { lineText, type CodeLine } from './markdown-tree.ts'

/** An enrichment that has fetched `languages`. */
async function ready(...languages: string[]): Promise<Enrichment> {
  let loaded = () => {}
  const enrichment = new Enrichment(() => loaded())
  for (const language of languages) {
    for (;;) {
      const misses = enrichment.misses
      enrichment.highlight(language, 'x', false)
      if (enrichment.misses === misses) break
      await new Promise<void>((resolve) => (loaded = resolve))
    }
  }
  return enrichment
}

function source(lines: readonly CodeLine[]): string {
  return lines.map(lineText).join('\n')
}

const program = `/* A comment
 * of two lines */
export function add(a: number): string {
  const text = \`a
b\` // template
  return text + 'x' + 42
}`

describe('highlighting', () => {
  it('gives lines of colour groups and texts', async () => {
    const enrichment = await ready('js')
    expect(enrichment.highlight('js', 'let a = "x" // y\n\nplain', false)).toEqual([
      ['keyword', 'let', '', ' a = ', 'string', '"x" ', 'comment', '// y'],
      '',
      'plain',
    ])
  })

  it('is plain until the language has come, and says that it is missing', () => {
    const enrichment = new Enrichment(() => {})
    expect(enrichment.highlight('python', 'x = 1', false)).toEqual(['x = 1'])
    expect(enrichment.misses).toBe(1)
  })

  it('is plain for languages nobody knows, without asking for anything', () => {
    const enrichment = new Enrichment(() => {})
    for (const language of ['', 'text', 'klingon']) {
      expect(enrichment.highlight(language, 'let a', false)).toEqual(['let a'])
    }
    expect(enrichment.misses).toBe(0)
  })

  it('is off for code over 20,000 characters', async () => {
    const enrichment = await ready('js')
    const code = `let a\n${'x'.repeat(highlightedLengthMax)}`
    expect(enrichment.highlight('js', code, false)[0]).toBe('let a')
  })

  it('knows at least 30 languages, and the names writers use for them', async () => {
    expect(Object.keys(grammars).length).toBeGreaterThanOrEqual(30)
    expect(
      ['TypeScript', 'tsx', 'py', 'sh', 'c++', 'C#', 'html', 'yml', 'golang'].map(grammarOf),
    ).toEqual(['typescript', 'typescript', 'python', 'bash', 'cpp', 'csharp', 'xml', 'yaml', 'go'])
  })

  it.each(Object.keys(grammars) as Grammar[])('loses nothing of %s', async (grammar) => {
    const enrichment = await ready(grammar)
    for (const code of [
      program,
      '<a b="c">\n<style>p { color: red }</style>',
      '# x\n- y\n\n\n',
      '"unclosed\n1',
    ]) {
      expect(source(enrichment.highlight(grammar, code, false))).toBe(code)
    }
  })

  it('colours code inside other code', async () => {
    const enrichment = await ready('html')
    const lines = enrichment.highlight('html', '<script>\nlet a = 1\n</script>', false)
    expect(lines[1]).toEqual(['keyword', 'let', '', ' a = ', 'number', '1'])
  })
})

describe('highlighting of code that is still arriving', () => {
  it('loses nothing, however the code comes', async () => {
    const enrichment = await ready('ts')
    fc.assert(
      fc.property(fc.array(fc.nat(program.length), { maxLength: 20 }), (cuts) => {
        for (const cut of [...cuts].sort((a, b) => a - b)) {
          const code = program.slice(0, cut)
          expect(source(enrichment.highlight('ts', code, true))).toBe(code)
        }
      }),
    )
  })

  it('colours whole lines and leaves the last one plain', async () => {
    const enrichment = await ready('ts')
    expect(enrichment.highlight('ts', 'let a = 1\nlet b', true)).toEqual([
      ['keyword', 'let', '', ' a = ', 'number', '1'],
      'let b',
    ])
  })

  it('reads each line only a few times, also inside one long comment', async () => {
    const enrichment = await ready('ts')
    let code = '/*\n'
    const colours = () =>
      enrichment.highlight('ts', code, true).filter((line) => typeof line !== 'string')
    for (let line = 0; line < 400; line++) {
      code += `line ${line} of the comment\n`
      colours()
    }
    expect(colours().length).toBeGreaterThan(300)
  })
})
