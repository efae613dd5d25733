import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createTagSplitter,
  defaultTagPairs,
  type TagPair,
  type TagPiece,
} from './reasoning-tags.ts'

function split(chunks: readonly string[], pairs: readonly TagPair[] = defaultTagPairs) {
  const splitter = createTagSplitter(pairs)
  const pieces = [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()]
  const textOf = (type: TagPiece['type']) =>
    pieces.map((piece) => (piece.type === type ? piece.text : '')).join('')
  return [textOf('text'), textOf('reasoning')]
}

const rows: [text: string, visible: string, reasoning: string][] = [
  ['a<think>b</think>c', 'ac', 'b'],
  ['<think>xy</think>z', 'z', 'xy'],
  ['<think>a</think>b<reason>c</reason>d', 'bd', 'ac'],
  ['◁think▷m◁/think▷n', 'n', 'm'],
  ['<Think>A</THINK>b', 'b', 'A'],
  ['<think>b</think>c', 'c', 'b'],
  ['<think>a</think>b', 'b', 'a'],
  ['<think>a</think>\n\nVisible', 'Visible', 'a'],
  ['a <this> b', 'a <this> b', ''],
  ['x <thin', 'x <thin', ''],
  ['a</think>b', 'a</think>b', ''],
  ['<think>never closed', '', 'never closed'],
  ['Use `<think>` here', 'Use `<think>` here', ''],
  ['```\n<think>\n```\n<think>r</think>ok', '```\n<think>\n```\nok', 'r'],
  ['<|begin_of_thought|>a<|end_of_thought|>b', 'b', 'a'],
  ['<thinking>a</think>b</thinking>c', 'c', 'a</think>b'],
  ['<<think>a</think>b', '<b', 'a'],
  ['<thi<think>a</think>b', '<thib', 'a'],
  ['<think>a</</think>b', 'b', 'a</'],
  ['<think>`a</think>b', 'b', '`a'],
  ['<think>```\na</think>b', 'b', '```\na'],
  ['open ` and\n<think>a</think>b', 'open ` and\nb', 'a'],
  ['``<think>`` <think>a</think>b', '``<think>`` b', 'a'],
  ['```<think>``` <think>a</think>b', '```<think>``` b', 'a'],
  [
    '~~~~ md\n<think>\n~~~\n<think>\n~~~~  \n<think>a</think>b',
    '~~~~ md\n<think>\n~~~\n<think>\n~~~~  \nb',
    'a',
  ],
  ['> ```\n> <think>\n> ```\n<think>a</think>b', '> ```\n> <think>\n> ```\nb', 'a'],
  ['```\n``` not closed\n<think>', '```\n``` not closed\n<think>', ''],
  ['a ~~~ b <think>c</think>d', 'a ~~~ b d', 'c'],
  ['x<think>a</think>\n```\n<think>\n```', 'x```\n<think>\n```', 'a'],
]

describe('reasoning between tags', () => {
  it.each(rows)('%j: whole and cut in two anywhere', (text, visible, reasoning) => {
    for (let cut = 0; cut <= text.length; cut++) {
      const got = split([text.slice(0, cut), text.slice(cut)])
      expect({ cut, got }).toEqual({ cut, got: [visible, reasoning] })
    }
  })

  it('comes to the same wherever the text is cut', () => {
    const tags = defaultTagPairs.slice(0, 3).flat()
    const more = ['<THINK>', '<', '/', '`', '```', '~~~', '\n', ' ', '> ', 'a', '🎉', '|', '<thi']
    const unit = fc.constantFrom(...tags, ...more)
    fc.assert(
      fc.property(fc.array(unit), fc.array(fc.nat(12)), (units, cuts) => {
        const text = units.join('')
        const chunks: string[] = []
        let at = 0
        for (const cut of cuts) chunks.push(text.slice(at, (at += cut)))
        chunks.push(text.slice(at))
        expect(split(chunks)).toEqual(split([text]))
      }),
      { numRuns: 2_000 },
    )
  })

  it('changes no text without tags', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(split([text], [['<think>', '</think>']])).toEqual([text, ''])
      }),
    )
  })

  it('holds back no more than the beginning of a tag, and only for as long as it may be one', () => {
    const splitter = createTagSplitter(defaultTagPairs)
    expect(splitter.push('a <thi')).toEqual([{ type: 'text', text: 'a ' }])
    expect(splitter.push('s> b')).toEqual([{ type: 'text', text: '<this> b' }])
    expect(splitter.push('c <')).toEqual([{ type: 'text', text: 'c ' }])
    expect(splitter.end()).toEqual([{ type: 'text', text: '<' }])
  })

  it('takes the pairs it is given, and no others', () => {
    expect(split(['<a>x</a>y<think>z'], [['<a>', '</a>']])).toEqual(['y<think>z', 'x'])
    expect(split(['<think>x</think>'], [])).toEqual(['<think>x</think>', ''])
  })

  it('keeps pieces in order and apart', () => {
    expect(createTagSplitter(defaultTagPairs).push('a<think>b</think>c')).toEqual([
      { type: 'text', text: 'a' },
      { type: 'reasoning', text: 'b' },
      { type: 'text', text: 'c' },
    ])
  })
})
