import { beforeAll, describe, expect, it } from 'vitest'
import { Typesetter } from './typesetter.ts'

let typesetter: Typesetter
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    typesetter = new Typesetter(resolve)
    typesetter.typeset('x', false)
  })
})

describe('typesetting', () => {
  it('has nothing before KaTeX has come', () => {
    expect(new Typesetter(() => {}).typeset('x', false)).toBeNull()
  })

  it('knows chemistry and units', () => {
    expect(typesetter.typeset(String.raw`\ce{2H2 + O2 -> 2H2O}`, false)).toContain('katex')
    expect(typesetter.typeset(String.raw`\pu{1.2 mol//L}`, false)).toContain('katex')
  })

  it.each([
    String.raw`\href{javascript:alert(1)}{x}`,
    String.raw`\url{https://a.example}`,
    String.raw`\includegraphics{https://a.example/i.png}`,
    String.raw`\htmlStyle{position:fixed}{x}`,
    String.raw`\htmlData{x=y}{x}`,
  ])('follows no link, picture or style of the writer: %s', (tex) => {
    expect(typesetter.typeset(tex, false) ?? '').not.toMatch(
      /<a |<img|href=|style="[^"]*position|data-x/,
    )
  })

  it.each(['<img src=x onerror=alert(1)>', String.raw`\text{<script>alert(1)</script>}`])(
    'escapes what looks like markup: %s',
    (tex) => {
      expect(typesetter.typeset(tex, false)).not.toMatch(/<(?:img|script)/)
    },
  )

  it.each([
    String.raw`\frac{1`,
    String.raw`\nonsense`,
    String.raw`\def\a{\a\a}\a`,
    '{'.repeat(20_000),
    String.raw`\frac{1}`.repeat(3),
  ])('has nothing for what is not valid', (tex) => {
    expect(typesetter.typeset(tex, true)).toBeNull()
  })

  it('lets no formula define anything for the next', () => {
    typesetter.typeset(String.raw`\gdef\mine{x} \mine`, false)
    expect(typesetter.typeset(String.raw`\mine`, false)).toBeNull()
  })

  it('draws nothing larger than a few lines', () => {
    expect(typesetter.typeset(String.raw`\rule{500em}{500em}`, false)).not.toMatch(
      /style="[^"]*500em/,
    )
  })
})
