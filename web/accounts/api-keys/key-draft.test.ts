import { expect, it } from 'vitest'
import type { ApiKey } from '#contract/api-keys.ts'
import { newId } from '#contract/ids.ts'
import { changesIn, dateText, draftOf, newDraft, unfitIn, type KeyDraft } from './key-draft.ts'

const now = new Date(2026, 10, 24, 15).getTime()
const dayMs = 86_400_000
const draft = (more: Partial<KeyDraft>): KeyDraft => ({ ...newDraft(), name: 'Editor', ...more })

const key: ApiKey = {
  id: newId('key'),
  name: 'Editor',
  hint: 'sk-aichat-…abcd',
  scopes: ['chat'],
  modelIds: [newId('model')],
  limits: { messagesPerDay: 0, tokensPerDay: null, requestsPerMinute: 60 },
  expiresAt: now + 5 * dayMs,
  lastUsedAt: null,
  createdAt: now,
}

it('sends no limits, no end and no models where nothing is chosen', () => {
  expect(changesIn(draft({ name: ' Editor ' }), now)).toEqual({
    name: 'Editor',
    expiresAt: null,
    modelIds: null,
    limits: { messagesPerDay: null, tokensPerDay: null, requestsPerMinute: null },
  })
})

it('ends a number of days from now, or with the last moment of a day', () => {
  expect(changesIn(draft({ expiry: '90' }), now).expiresAt).toBe(now + 90 * dayMs)
  expect(changesIn(draft({ expiry: 'date', date: '2026-12-31' }), now).expiresAt).toBe(
    new Date(2027, 0, 1).getTime() - 1,
  )
})

it('takes today as a last day, and no day before', () => {
  const on = (date: string) => unfitIn(draft({ expiry: 'date', date }), now).has('date')
  expect(['2026-11-24', '2026-11-23', ''].map(on)).toEqual([false, true, true])
  expect(dateText(now)).toBe('2026-11-24')
})

it('leaves what a key has where nobody changes it', () => {
  const { name, modelIds, limits } = key
  expect(changesIn(draftOf(key), now)).toEqual({ name, modelIds, limits })
  expect(changesIn({ ...draftOf(key), expiry: 'never' }, now).expiresAt).toBeNull()
  expect(draftOf({ ...key, expiresAt: null }).expiry).toBe('never')
})

it('names all that has to be filled in otherwise', () => {
  expect([...unfitIn(draft({}), now)]).toEqual([])
  const unfit = draft({
    name: ' ',
    scopes: [],
    models: 'some',
    limits: { messagesPerDay: '-1', tokensPerDay: '1,000', requestsPerMinute: '0' },
  })
  expect([...unfitIn(unfit, now)].toSorted()).toEqual([
    'messagesPerDay',
    'models',
    'nameMissing',
    'requestsPerMinute',
    'scopes',
  ])
  expect(unfitIn(draft({ name: 'x'.repeat(61) }), now)).toEqual(new Set(['nameTooLong']))
})
