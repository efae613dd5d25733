import { expect, it } from 'vitest'
import { fittedSize } from './fitted-size.ts'

it('fits a picture by its long edge, and makes none larger', () => {
  expect(fittedSize({ width: 2_000, height: 500 }, 512)).toEqual({ width: 512, height: 128 })
  expect(fittedSize({ width: 100, height: 50 }, 512)).toEqual({ width: 100, height: 50 })
  expect(fittedSize({ width: 5_000, height: 1 }, 512)).toEqual({ width: 512, height: 1 })
})

it.each([
  [4_096, 2_048, 2_048, 1_024],
  [1_000, 4_000, 512, 2_048],
  [2_048, 2_048, 2_048, 2_048],
  [300, 200, 300, 200],
  [100_000, 1, 2_048, 1],
])('sends %i × %i pixels as %i × %i', (width, height, sentWidth, sentHeight) => {
  expect(fittedSize({ width, height }, 2_048)).toEqual({ width: sentWidth, height: sentHeight })
})
