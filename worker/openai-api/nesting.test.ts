import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isTooDeep } from './nesting.ts'

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

it('takes bodies of any ordinary form', () => {
  fc.assert(fc.property(fc.json(), (text) => !isTooDeep(text)))
  expect(isTooDeep(nested(500))).toBe(false)
  expect(isTooDeep(JSON.stringify([`${nested(600)}"\\`, nested(600)]))).toBe(false)
  expect(isTooDeep(JSON.stringify(Array.from({ length: 600 }, () => ({ a: [] }))))).toBe(false)
})

it('refuses what nests beyond all reason, behind strings that end in any way', () => {
  for (const before of ['', '"a",', '"\\\\",', '"\\"[",']) {
    expect(isTooDeep(`[${before}${nested(500)}]`)).toBe(true)
  }
})
