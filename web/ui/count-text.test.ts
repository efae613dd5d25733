import { expect, it } from 'vitest'
import { parseAmount, parseCount, parseList } from './count-text.ts'

it('reads a number however its thousands are set apart', () => {
  for (const text of ['32768', ' 32,768 ', '32 768', '32_768']) {
    expect(parseCount(text, 256, 10_000_000)).toBe(32_768)
  }
})

it('tells nothing typed from something that does not fit', () => {
  expect(parseCount('  ', 256, 1_000)).toBeNull()
  for (const text of ['255', '1001', '3.5', '-300', 'many', '1e3']) {
    expect([text, parseCount(text, 256, 1_000)]).toEqual([text, 'unfit'])
  }
})

it('reads a price with a point or a comma', () => {
  expect(['2.5', '0,15', '.5', '0', ''].map((text) => parseAmount(text, 100))).toEqual([
    2.5,
    0.15,
    0.5,
    0,
    null,
  ])
  expect(['-1', '101', '1.2.3', 'free'].map((text) => parseAmount(text, 100))).toEqual(
    Array.from({ length: 4 }, () => 'unfit'),
  )
})

it('takes each thing of a list once', () => {
  expect(parseList(' fast, new，fast ,', /[,，]/)).toEqual(['fast', 'new'])
})
