import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { katexWoff2 } from './katex-woff2.ts'

describe('the fonts of formulas', () => {
  it('are built in one format', () => {
    const file = createRequire(import.meta.url).resolve('katex/dist/katex.min.css')
    const { transform } = katexWoff2()
    if (typeof transform !== 'object') throw new Error('The plugin has no transform')
    const handler = transform.handler as (css: string) => string
    const css = handler(readFileSync(file, 'utf8'))
    expect(css.match(/\.woff2\)/g)?.length).toBeGreaterThan(10)
    expect(css).not.toMatch(/\.woff\)|\.ttf\)/)
  })
})
