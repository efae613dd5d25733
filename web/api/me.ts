import { getMe, updateMe, type Me } from '#contract/accounts.ts'
import type { Capability } from '#contract/actor.ts'
import {
  preferencesDefault,
  type Preferences,
  type PreferencesPatch,
} from '#contract/preferences.ts'
import type { Quota } from '#contract/quotas.ts'
import { call } from './call.ts'
import { keepGuestPreferences, readGuestPreferences } from './guest-preferences.ts'
import { noteSignedOut } from './signed-out.ts'
import { createValue, useValue } from './value.ts'

const nobody: Me = {
  actor: null,
  capabilities: [],
  quota: null,
  preferences: null,
  settingsRevision: 0,
  serverTime: 0,
}

/** Who is using the page and how, as the server last said, with unconfirmed choices laid over. */
export const meValue = createValue<Me>(nobody)

let confirmed = nobody
let pending: readonly PreferencesPatch[] = []

export function useMe(): Me {
  return useValue(meValue)
}

export function useIsGuest(): boolean {
  return useMe().actor?.type === 'guest'
}

/** The caller's choices; a visitor has the defaults. */
export function usePreferences(): Preferences {
  return useMe().preferences ?? preferencesDefault
}

export function useCapability(capability: Capability): boolean {
  return useMe().capabilities.includes(capability)
}

/** Asks who is here. Whoever was signed in and is not any more has to notice, and stays meanwhile. */
export async function loadMe(): Promise<Me> {
  const me = await call(getMe)
  if (confirmed.actor?.type === 'user' && me.actor?.type !== 'user') noteSignedOut()
  else setMe(me)
  return me
}

export function setMe(me: Me) {
  // What one account chose is not for the next one to confirm.
  if (me.actor?.id !== confirmed.actor?.id) pending = []
  confirmed = me.actor?.type === 'guest' ? { ...me, preferences: readGuestPreferences() } : me
  show()
}

/** Something learned about today's quota outside of `Me`. */
export function setQuota(quota: Quota) {
  confirmed = { ...confirmed, quota }
  show()
}

/** Shows the change at once, stores it, and takes it back when the server refuses it. */
export async function updatePreferences(patch: PreferencesPatch): Promise<void> {
  if (confirmed.actor?.type === 'guest') return updateGuestPreferences(patch)
  pending = [...pending, patch]
  show()
  try {
    const me = await call(updateMe, { body: { preferences: patch } })
    if (me.actor?.id === confirmed.actor?.id) confirmed = me
  } finally {
    pending = pending.filter((other) => other !== patch)
    show()
  }
}

function updateGuestPreferences(patch: PreferencesPatch) {
  const preferences = withPatch(confirmed.preferences ?? preferencesDefault, patch)
  keepGuestPreferences(preferences)
  confirmed = { ...confirmed, preferences }
  show()
}

/** Preferences with a patch laid over: nested objects merge, everything else replaces. */
export function withPatch(preferences: Preferences, patch: PreferencesPatch): Preferences {
  const given = Object.fromEntries(
    Object.entries(patch).filter(([, value]) => value !== undefined),
  ) as Partial<Preferences>
  return {
    ...preferences,
    ...given,
    reasoning: { ...preferences.reasoning, ...given.reasoning },
  }
}

function show() {
  const { preferences } = confirmed
  meValue.set(
    preferences ? { ...confirmed, preferences: pending.reduce(withPatch, preferences) } : confirmed,
  )
}
