import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#contract/ids.ts'
import { preferencesDefault } from '#contract/preferences.ts'
import { guestChoices, readGuestPreferences } from './guest-preferences.ts'
import { meValue, setMe, updatePreferences } from './me.ts'

const kept = new Map<string, string>()
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
}
Object.assign(globalThis, { localStorage: storage })

const guest = {
  actor: { type: 'guest' as const, id: newId('guest'), expiresAt: 1 },
  capabilities: [],
  quota: null,
  preferences: null,
  settingsRevision: 0,
  serverTime: 0,
}

beforeEach(() => kept.clear())

describe('what a guest chooses', () => {
  it('is in force at once, and again when the page is opened anew', async () => {
    setMe(guest)
    await updatePreferences({ theme: 'dark', reasoning: { effort: 'high' } })
    expect(meValue.get().preferences).toMatchObject({
      theme: 'dark',
      reasoning: { enabled: null, effort: 'high', think: null },
    })
    setMe({ ...guest, serverTime: 1 })
    expect(meValue.get().preferences?.theme).toBe('dark')
  })

  it('is told apart from what it is at first, for the account they make', async () => {
    setMe(guest)
    expect(guestChoices()).toEqual({})
    await updatePreferences({ fontSize: 'large' })
    expect(guestChoices()).toEqual({ fontSize: 'large' })
  })

  it('counts as not chosen when it cannot be read', () => {
    for (const text of ['', '[]', '{"fontSize":"huge"}', 'null']) {
      kept.set('aichat.guest-preferences', text)
      expect(readGuestPreferences()).toEqual(preferencesDefault)
    }
  })
})
