import { describe, expect, it } from 'vitest'
import {
  blankCentre,
  changedFields,
  patchOf,
  refusalsOf,
  unfitFields,
  withKnown,
  withoutTyped,
  withTyped,
  type CentreState,
} from './centre-state.ts'
import { fieldOf } from './setting-field.ts'

const number = { type: 'integer', minimum: 0, maximum: 100 }
const fields = [
  fieldOf('a.limit', { section: 'one', reach: 'admin', default: 5, schema: number }),
  fieldOf('a.other', { section: 'one', reach: 'admin', default: 7, schema: number }),
  fieldOf('b.on', { section: 'two', reach: 'admin', default: true, schema: { type: 'boolean' } }),
]
const [limit, other, on] = fields as [never, never, never]

function known(values: Record<string, unknown> = {}, revision = 1) {
  return { values: { 'a.limit': 5, 'a.other': 7, 'b.on': true, ...values }, revision, fields }
}
const fresh = withKnown(blankCentre, known())

function typed(...changes: [field: never, value: unknown][]): CentreState {
  return changes.reduce((state, [field, value]) => withTyped(state, field, value), fresh)
}

describe('what is typed', () => {
  it('is a change of its section until it is what is stored', () => {
    const state = typed([limit, '8'], [on, false])
    expect(changedFields(state, 'one')).toEqual([limit])
    expect(changedFields(state)).toEqual([limit, on])
    expect(changedFields(withTyped(state, limit, '5'))).toEqual([on])
  })

  it('stays when it does not fit', () => {
    const state = typed([limit, 'many'])
    expect(state.typed['a.limit']).toBe('many')
    expect(unfitFields(state, changedFields(state))).toEqual([limit])
  })

  it('is sent as values, and as a reset where it is the default', () => {
    const state = withKnown(blankCentre, known({ 'a.other': 9 }))
    const next = withTyped(withTyped(state, other, '7'), limit, '8')
    expect(patchOf(next, changedFields(next))).toEqual({
      values: { 'a.limit': 8 },
      reset: ['a.other'],
    })
  })

  it('is forgotten when it is reverted', () => {
    expect(withoutTyped(typed([limit, '8']), ['a.limit']).typed).toEqual({})
  })
})

describe('new settings', () => {
  it('keep what is typed, and tell what somebody else has set', () => {
    const state = withKnown(typed([limit, '8']), known({ 'a.other': 9 }, 2))
    expect(state.typed).toEqual({ 'a.limit': '8' })
    expect(state.meanwhile).toEqual([{ key: 'a.other', before: 7, after: 9 }])
  })

  it('tell nothing while nothing is typed', () => {
    expect(withKnown(fresh, known({ 'a.other': 9 }, 2)).meanwhile).toEqual([])
  })

  it('make no change of what was typed and is stored', () => {
    expect(withKnown(typed([limit, '5']), known({ 'a.limit': 8 }, 2)).typed).toEqual({})
  })

  it('take away what is typed and is so now', () => {
    const state = withKnown(typed([limit, '8']), known({ 'a.limit': 8 }, 2))
    expect(state.typed).toEqual({})
  })

  it('that were set from here are nobody else’s', () => {
    const before = typed([limit, '8'], [on, false])
    const state = withKnown(before, known({ 'a.limit': 8 }, 2), { 'a.limit': '8' })
    expect(state.typed).toEqual({ 'b.on': false })
    expect(state.meanwhile).toEqual([])
  })

  it('leave what was typed anew while the old was being saved', () => {
    const state = withKnown(typed([limit, '81']), known({ 'a.limit': 8 }, 2), { 'a.limit': '8' })
    expect(state.typed).toEqual({ 'a.limit': '81' })
  })

  it('that are older than those known change nothing', () => {
    const newer = withKnown(fresh, known({ 'a.limit': 8 }, 3))
    expect(withKnown(newer, known({}, 2))).toBe(newer)
  })
})

it('finds the fields a refusal is about', () => {
  const errors = [
    { path: 'values.a.limit', message: 'Too many.' },
    { path: 'values.a.other.0', message: 'First.' },
    { path: 'values.a.other.1', message: 'Second.' },
    { path: 'values.nothing', message: 'Unknown.' },
    'odd',
  ]
  expect(refusalsOf(fields, errors)).toEqual({ 'a.limit': 'Too many.', 'a.other': 'First.' })
  expect(refusalsOf(fields, undefined)).toEqual({})
})
