import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accentFor, contrast } from './accent.ts'

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`)

describe.each([
  ['light', ['#ffffff', '#f5f6f8']],
  ['dark', ['#17191d', '#212429', '#101215']],
] as const)('in the %s theme, any accent', (theme, surfaces) => {
  it('can be read on every surface', () => {
    fc.assert(
      fc.property(colour, (hex) => {
        const { text } = accentFor(hex, theme)
        for (const surface of surfaces) expect(contrast(text, surface)).toBeGreaterThanOrEqual(4.5)
      }),
    )
  })

  it('carries text that can be read on it', () => {
    fc.assert(
      fc.property(colour, (hex) => {
        const { solid, on } = accentFor(hex, theme)
        expect(contrast(solid, on)).toBeGreaterThanOrEqual(4.5)
      }),
    )
  })
})

it('leaves an accent alone that needs no correction', () => {
  expect(accentFor('#2563eb', 'light')).toMatchObject({ solid: '#2563eb', on: '#ffffff' })
})

it('puts dark text on a light accent', () => {
  expect(accentFor('#ffd400', 'light')).toMatchObject({ solid: '#ffd400', on: '#0b0d10' })
})
