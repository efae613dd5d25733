import { Preferences, preferencesDefault } from '#contract/preferences.ts'

const storageKey = 'aichat.guest-preferences'

/** What a guest chose in this browser, where alone it is kept; the defaults before that. */
export function readGuestPreferences(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    const parsed = Preferences.safeParse({ ...preferencesDefault, ...(stored as object) })
    if (parsed.success) return parsed.data
  } catch {
    // Unreadable or switched off: as if nothing had been chosen.
  }
  return preferencesDefault
}

export function keepGuestPreferences(preferences: Preferences) {
  try {
    localStorage.setItem(storageKey, JSON.stringify(preferences))
  } catch {
    // They last as long as the page then.
  }
}
