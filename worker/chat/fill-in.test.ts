import fc from 'fast-check'
import { expect, it } from 'vitest'
import { base64Of, piecesOf } from './fill-in.ts'

async function* inPieces(pieces: readonly Uint8Array[]) {
  yield* pieces
}

it('encodes the same text however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 20 })), async (pieces) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of base64Of(inPieces(pieces))) chunks.push(chunk)
      expect(Buffer.concat(chunks).toString()).toBe(Buffer.concat(pieces).toString('base64'))
    }),
  )
})

it('finds every place of every word, and leaves the rest as it is', () => {
  const open = () => Promise.reject(new Error('Nobody reads here.'))
  const [a, b] = ['image-a', 'image-b'].map((word) => ({ word, bytes: 1, open }))
  const body = '{"x":"image-b","y":["image-a","image-b"]}'
  expect(piecesOf(body, [a!, b!])).toEqual(['{"x":"', b, '","y":["', a, '","', b, '"]}'])
  expect(piecesOf(body, [])).toEqual([body])
})
