import { expect, it } from 'vitest'
import { resolveSettings } from './resolve-settings.ts'

it('takes the default for what is not stored, and for what is stored and no longer fits', () => {
  const stored = {
    'brand.name': 'Mine',
    'brand.theme': 'sepia',
    'guests.retentionDays': 400,
    'quota.user.messagesPerDay': null,
    'search.key.tavily': 'v1.sealed',
    'no.longer': true,
  }
  const values = resolveSettings(stored)
  expect(values).toEqual({
    ...resolveSettings({}),
    'brand.name': 'Mine',
    'quota.user.messagesPerDay': null,
  })
  expect(values).not.toHaveProperty('search.key.tavily')
})
