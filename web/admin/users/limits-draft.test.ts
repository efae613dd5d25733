import { describe, expect, it } from 'vitest'
import { draftOf, limitOf } from './limits-draft.ts'

const bounds = { min: 0, max: 100 }

describe('a limit', () => {
  it.each([
    [{}, 'default'],
    [{ messagesPerDay: null }, null],
    [{ messagesPerDay: 0 }, 0],
    [{ messagesPerDay: 12 }, 12],
  ] as const)('of %j is sent as %j when nothing is changed', (limits, sent) => {
    expect(limitOf(draftOf(limits).messagesPerDay, bounds)).toBe(sent)
  })

  it.each([
    ['', 'default'],
    ['0', 0],
    [' 1 00 ', 100],
    ['101', 'unfit'],
    ['-1', 'unfit'],
    ['many', 'unfit'],
  ] as const)('typed as %j is %j', (text, sent) => {
    expect(limitOf({ kind: 'own', text }, bounds)).toBe(sent)
  })

  it('is none where no limit is chosen, whatever was typed before', () => {
    expect(limitOf({ kind: 'none', text: '5' }, bounds)).toBeNull()
  })
})
