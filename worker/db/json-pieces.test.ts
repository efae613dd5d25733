import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonPieces } from './json-pieces.ts'

it('are a list again when they are put together', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (items) => {
      expect(jsonPieces(items).flatMap((piece) => JSON.parse(piece) as unknown[])).toEqual(
        JSON.parse(JSON.stringify(items)),
      )
    }),
  )
})

it('fit into a parameter each, whatever the characters', () => {
  const items = Array.from({ length: 5_000 }, () => '模'.repeat(200))
  const pieces = jsonPieces(items)
  expect(pieces.flatMap((piece) => JSON.parse(piece) as string[])).toEqual(items)
  for (const piece of pieces) expect(new TextEncoder().encode(piece).length).toBeLessThan(2_000_000)
})

it('are one empty list for nothing', () => {
  expect(jsonPieces([])).toEqual(['[]'])
})
