import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('text.css', import.meta.url), 'utf8')
const tokens = readFileSync(new URL('../ui/tokens.css', import.meta.url), 'utf8')
const pairs = [...css.matchAll(/--(code-\w+): light-dark\((#\w{6}), (#\w{6})\)/g)]
const grounds = [...tokens.matchAll(/--sunken: (#\w{6})/g)].map(([, colour]) => colour ?? '')

describe('the colours of code', () => {
  it('are there for both themes, as are their grounds', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(8)
    expect(grounds).toHaveLength(2)
  })

  it.each(pairs.map(([, name, light, dark]) => ({ name, light, dark })))(
    '$name can be read on code’s ground in both themes',
    ({ light = '', dark = '' }) => {
      expect(contrast(light, grounds[0] ?? '')).toBeGreaterThanOrEqual(4.5)
      expect(contrast(dark, grounds[1] ?? '')).toBeGreaterThanOrEqual(4.5)
    },
  )
})

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
