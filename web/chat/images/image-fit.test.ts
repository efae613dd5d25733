import { expect, it } from 'vitest'
import { fitInMessage, fitsTogether, roomAfter, unfitnessOf } from './image-fit.ts'

const mb = 1024 * 1024

it.each([
  [{ bytes: 15 * mb, width: 8_192, height: 1 }, null],
  [{ bytes: 15 * mb + 1, width: 1, height: 1 }, 'tooLarge'],
  [{ bytes: 1, width: 8_193, height: 1 }, 'edge'],
  [{ bytes: 1, width: 1, height: 8_193 }, 'edge'],
] as const)('of an image with %o the fault is %s', (facts, fault) => {
  expect(unfitnessOf(facts)).toBe(fault)
})

it('leaves room for eight images in a message', () => {
  expect([0, 7, 8, 9].map(roomAfter)).toEqual([8, 1, 0, 0])
})

it('lets the images of a message have 60 MB together, and no byte more', () => {
  const four = Array.from({ length: 4 }, () => ({ bytes: 15 * mb }))
  expect(fitsTogether(four)).toBe(true)
  expect(fitsTogether([...four, { bytes: 1 }])).toBe(false)
  expect(fitInMessage(four)).toBe(true)
  expect(fitInMessage(Array.from({ length: 9 }, () => ({ bytes: 1 })))).toBe(false)
})
