import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contrast } from './accent.ts'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

function tokensOf(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`))
  const declarations = block.slice(0, block.indexOf('}')).matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)
  return Object.fromEntries(Array.from(declarations, ([, name, value]) => [name, value]))
}

const themes = [
  ['light', tokensOf(':root')],
  ['dark', tokensOf(":root[data-theme='dark']")],
] as const

describe.each(themes)('the %s theme', (_, tokens) => {
  const texts = ['ink', 'muted', 'accent-text', 'danger-text', 'success-text', 'warning-text']
  const surfaces = ['surface', 'raised', 'sunken']
  const pairs = texts.flatMap((text) => surfaces.map((surface) => [text, surface] as const))

  it.each(pairs)('sets %s on %s so that it can be read', (text, surface) => {
    const ratio = contrast(tokens[text] ?? '', tokens[surface] ?? '')
    expect(ratio).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['accent', 'danger'])('sets text on filled %s so that it can be read', (name) => {
    const ratio = contrast(tokens[`${name}-on`] ?? '', tokens[`${name}-solid`] ?? '')
    expect(ratio).toBeGreaterThanOrEqual(4.5)
  })

  it('draws the edges of controls so that they can be seen', () => {
    for (const surface of surfaces) {
      const ratio = contrast(tokens['line-strong'] ?? '', tokens[surface] ?? '')
      expect(ratio).toBeGreaterThanOrEqual(3)
    }
  })
})
