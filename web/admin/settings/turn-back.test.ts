import { describe, expect, it } from 'vitest'
import { newId } from '#contract/ids.ts'
import type { SettingsRevision } from '#contract/settings.ts'
import type { Known } from './centre-state.ts'
import { fieldOf } from './setting-field.ts'
import { defaultTurns, patchFor, restoreTurns, undoTurns } from './turn-back.ts'

const schema = { type: 'integer', minimum: 0, maximum: 100 }
const entry = { section: 'quota', reach: 'admin', default: 1, schema }
const fields = [
  fieldOf('a', entry),
  fieldOf('b', entry),
  fieldOf('key', { ...entry, reach: 'secret', default: null, schema: { type: 'string' } }),
]
const known = (values: Record<string, unknown>): Known => ({ values, revision: 9, fields })

type Changes = Record<string, [before: unknown, after: unknown]>

function revision(changes: Changes): SettingsRevision {
  return {
    revision: 1,
    at: 1,
    actor: { id: newId('user'), name: 'ada' },
    changes: Object.entries(changes).map(([key, [before, after]]) => ({
      key,
      before,
      beforeIsDefault: before === 1,
      after,
      afterIsDefault: after === 1,
    })),
  }
}

describe('undoing a change', () => {
  it('returns each setting to what it was, the default without storing it', () => {
    const turns = undoTurns(revision({ a: [1, 5], b: [2, 6] }), known({ a: 5, b: 6 }))
    expect(turns.map(({ isSince }) => isSince)).toEqual([false, false])
    expect(patchFor(turns)).toEqual({ values: { b: 2 }, reset: ['a'] })
  })

  it('tells what has been changed again since', () => {
    const [turn] = undoTurns(revision({ a: [1, 5] }), known({ a: 7 }))
    expect(turn).toMatchObject({ now: 7, back: 1, isSince: true })
  })

  it('is nothing where all is as it was, and never about secrets or what is unknown', () => {
    const change = revision({ a: [1, 5], key: ['[cleared]', '[set]'], gone: [1, 2] })
    expect(undoTurns(change, known({ a: 1, key: { set: true } }))).toEqual([])
  })
})

it('restores what stood before the oldest of the newer changes', () => {
  const newer = [revision({ a: [5, 7] }), revision({ a: [3, 5], b: [1, 6] })]
  const turns = restoreTurns(newer, known({ a: 7, b: 6 }))
  expect(patchFor(turns)).toEqual({ values: { a: 3 }, reset: ['b'] })
})

it('returns to the defaults', () => {
  expect(patchFor(defaultTurns(known({ a: 7, b: 1, key: { set: true } })))).toEqual({
    values: {},
    reset: ['a'],
  })
})
