import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SentenceReader } from './sentences.ts'

const words = { code: 'code', formula: 'formula', image: 'image' }

function all(text: string): string[] {
  return new SentenceReader(words).read(text, true)
}

describe('reading out', () => {
  it.each([
    ['One. Two! Three? Four', ['One.', 'Two!', 'Three?', 'Four']],
    ['你好。今天天气好吗？好！', ['你好。', '今天天气好吗？', '好！']],
    ['“Stop.” he said.', ['“Stop.” he said.']],
    ['Pi is 3.14 or so. Yes.', ['Pi is 3.14 or so.', 'Yes.']],
    ['Use e.g. this one. Dr. No agrees.', ['Use e.g. this one.', 'Dr. No agrees.']],
    ['# Title\n\nText', ['Title', 'Text']],
    ['- one\n- [x] two\n3. three', ['one', 'two', 'three']],
    ['A **bold** and `coded` *word*_s_.', ['A bold and coded words.']],
    ['See [the page](https://a.example/x) now.', ['See the page now.']],
    ['See https://a.example/very/long now.', ['See a.example now.']],
    ['![A cat](https://a.example/i.png)', ['image A cat']],
    ['Before:\n```js\nlet a. b\n```\nAfter.', ['Before:', 'code', 'After.']],
    ['So:\n$$\nx. y\n$$\nthen.', ['So:', 'formula', 'then.']],
    ['| a | b |\n|---|---|\n| 1 | 2 |', ['a, b', '1, 2']],
    ['A note[^1].', ['A note.']],
    ['a snake_case_name stays.', ['a snake_case_name stays.']],
    ['---\n\n***', []],
  ])('%j', (text, expected) => {
    expect(all(text)).toEqual(expected)
  })

  it('waits until a sentence is whole', () => {
    const reader = new SentenceReader(words)
    expect(reader.read('It costs 3.', false)).toEqual([])
    expect(reader.read('It costs 3.14 each. And', false)).toEqual(['It costs 3.14 each.'])
    expect(reader.read('It costs 3.14 each. And more', true)).toEqual(['And more'])
  })

  it('says code once, when it begins', () => {
    const reader = new SentenceReader(words)
    expect(reader.read('```py\nx = 1. \n', false)).toEqual(['code'])
    expect(reader.read('```py\nx = 1. \ny = 2. \n```\nDone.\n', false)).toEqual(['Done.'])
  })

  it('skips what was there when it began', () => {
    expect(new SentenceReader(words, 10).read('Old text. New text.', true)).toEqual(['New text.'])
  })

  it('says the same however the text comes', () => {
    const text = `Hello there. 你好。 Use \`a.b\` now!\n\n\`\`\`js\nx. y\n\`\`\`\n\n1. First, e.g. this.\n2. Second.\n\n| a |\n|---|\n| b. |\n\nEnd 3.5`
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 20 }), (cuts) => {
        const reader = new SentenceReader(words)
        const said = [...cuts]
          .sort((a, b) => a - b)
          .flatMap((cut) => reader.read(text.slice(0, cut), false))
        expect([...said, ...reader.read(text, true)]).toEqual(all(text))
      }),
    )
  })
})
