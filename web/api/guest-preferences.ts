import { Preferences, preferencesDefault, type PreferencesPatch } from '#contract/preferences.ts'

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

/** What a guest chose otherwise than it is at first; for the account they make. */
export function guestChoices(): PreferencesPatch {
  const isChosen = ([key, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(preferencesDefault[key as keyof Preferences])
  return Object.fromEntries(Object.entries(readGuestPreferences()).filter(isChosen))
}
