import { expect, it } from 'vitest'
import { rangeWithin } from './visible-range.ts'

const rows = (...heights: number[]) => {
  let end = 0
  return heights.map((height) => ({ start: end, end: (end += height) }))
}

it('adds the rows that reach into the margin on either side, and no others', () => {
  const measured = rows(100, 100, 100, 1_000, 100, 100, 100)
  const range = { startIndex: 3, endIndex: 3, count: 7 }
  expect(rangeWithin(range, measured, 150)).toEqual([1, 2, 3, 4, 5])
  expect(rangeWithin(range, measured, 0)).toEqual([3])
})

it('ends at the first and the last row', () => {
  expect(rangeWithin({ startIndex: 0, endIndex: 1, count: 2 }, rows(10, 10), 500)).toEqual([0, 1])
})
