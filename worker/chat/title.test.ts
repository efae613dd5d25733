import { describe, expect, it } from 'vitest'
import { deriveTitle, tidyTitle } from './title.ts'

describe('a derived title', () => {
  it.each([
    ['# Hello **world**', 'Hello world'],
    ['```js\nfoo()\n```\n\nWhy does this fail?', 'Why does this fail?'],
    [
      '帮我写一首关于秋天的诗，要求押韵并且不少于二十行，还要提到月亮和桂花',
      '帮我写一首关于秋天的诗，要求押韵并且不少于二十行，还要提到月',
    ],
    ['![cat](att) 这是什么？', '这是什么？'],
    ['```py\nprint(1)\n```', 'print(1)'],
    ['> quoted\n- see [docs](https://x.y)', 'quoted see docs'],
    ['Explain the difference between TCP and UDP in detail', 'Explain the difference between'],
    ['1. first\n2. second', 'first second'],
    ['```\nnever closed', 'never closed'],
    ['👨‍👩‍👧'.repeat(40), '👨‍👩‍👧'.repeat(30)],
  ])('of %j is %j', (text, title) => expect(deriveTitle(text, 30)).toBe(title))

  it('is null when nothing is left', () => {
    expect(deriveTitle('![cat](att)', 30)).toBeNull()
    expect(deriveTitle('   \n  ', 30)).toBeNull()
  })
})

describe('a title a model made', () => {
  it.each([
    ['"Trip to Rome."', 'Trip to Rome'],
    ['《秋天的诗》', '秋天的诗'],
    ['**Planning**\nmore words', 'Planning'],
    ['   ', null],
  ])('%j becomes %j', (answer, title) => expect(tidyTitle(answer, 30)).toBe(title))
})
