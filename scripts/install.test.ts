import { describe, expect, it } from 'vitest'
import { matchesLockfile } from './install.mjs'

describe('installed packages', () => {
  const locked = { packages: { '': {}, a: { version: '1' }, b: { version: '2', optional: true } } }

  it('fit when all that is not optional is there in the locked version', () => {
    expect(matchesLockfile({ packages: { a: { version: '1' } } }, locked)).toBe(true)
    expect(
      matchesLockfile({ packages: { a: { version: '1' }, b: { version: '2' } } }, locked),
    ).toBe(true)
  })

  it('do not fit when one is missing, another version, or no longer wanted', () => {
    expect(matchesLockfile({ packages: {} }, locked)).toBe(false)
    expect(matchesLockfile({ packages: { a: { version: '2' } } }, locked)).toBe(false)
    expect(matchesLockfile({ packages: { a: { version: '1' }, c: {} } }, locked)).toBe(false)
  })
})
