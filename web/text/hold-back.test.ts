import { describe, expect, it } from 'vitest'
import { heldBack } from './hold-back.ts'

/** What is shown of `text` while more may come. */
function shown(text: string): string {
  return text.slice(0, text.length - heldBack(text))
}

describe('the end of an arriving text', () => {
  it.each([
    ['a\n-', 'a\n'],
    ['a\n--', 'a\n'],
    ['a\n===', 'a\n'],
    ['a\n\n1', 'a\n\n'],
    ['a\n\n1.', 'a\n\n'],
    ['a\n\n1. **', 'a\n\n'],
    ['> -', ''],
    ['#', ''],
    ['- [', ''],
    ['- [x', ''],
    ['- [ ] ', ''],
    ['a\n\n```py', 'a\n\n'],
    ['```js\nlet a\n``', '```js\nlet a\n'],
    ['1. a\n   ```', '1. a\n'],
    ['[a]: https://a.exam', ''],
    ['[^1]: a not', ''],
    ['<thi', ''],
    ['<think>', ''],
    ['a \\', 'a'],
  ])('is kept back while it may become another thing: %j', (text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  it.each([
    'a\n- b',
    'a\n-b',
    '1. a',
    '2024 was',
    '# A',
    '- [x] a',
    '```js\n',
    'a **b',
    '[a](http',
    '$5',
    'a',
  ])('is shown as soon as it can be only one thing: %j', (text) => {
    expect(shown(text)).toBe(text)
  })

  it('keeps the head of a table back until its delimiter row is whole', () => {
    expect(shown('Look:\n\n| a | b')).toBe('Look:\n\n')
    expect(shown('Look:\n\n| a | b |\n')).toBe('Look:\n\n')
    expect(shown('Look:\n\n| a | b |\n|---|')).toBe('Look:\n\n')
    expect(shown('Look:\n\n| a | b |\n|---|---|\n')).toBe('Look:\n\n| a | b |\n|---|---|\n')
    expect(shown('| a |\n|---|\n| c')).toBe('| a |\n|---|\n| c')
  })

  it('shows a line with bars once it is no table', () => {
    expect(shown('| a | b |\nc')).toBe('| a | b |\nc')
  })

  it('shows code as it comes, but not what may close it', () => {
    for (const line of ['----', '| a', '<div', '[a]: b', '1.']) {
      expect(shown(`\`\`\`\n${line}`)).toBe(`\`\`\`\n${line}`)
    }
    expect(shown('```\nlet a\n``')).toBe('```\nlet a\n')
    expect(shown('```\nlet a\n```')).toBe('```\nlet a\n')
  })

  it('keeps no long line back', () => {
    const line = `| ${'a'.repeat(2_000)}`
    expect(shown(line)).toBe(line)
  })
})
