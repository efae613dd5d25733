import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventBlocks } from './event-blocks.ts'

const piece = fc
  .array(fc.constantFrom('\n', '\r', 'data: x', ':'), { maxLength: 6 })
  .map((parts) => parts.join(''))

describe('the events of a stream', () => {
  it('are whole and the same however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const blocks = new EventBlocks()
        const taken = pieces.flatMap((text) => blocks.take(text))
        // The shortest beginnings that end with an empty line.
        expect(taken).toEqual(pieces.join('').match(/[^]*?\r?\n\r?\n/g) ?? [])
      }),
      { numRuns: 2_000 },
    )
  })

  it('come whole also in many pieces', () => {
    const blocks = new EventBlocks()
    const part = 'x'.repeat(1_000)
    const early = Array.from({ length: 8_000 }, () => blocks.take(part)).flat()
    expect(early).toEqual([])
    expect(blocks.take('\n\r')).toEqual([])
    expect(blocks.take('\ny')[0]).toHaveLength(8_000_003)
  })
})
