import type { Settings } from '../contract/settings-registry.ts'
import { resolveSettings } from '../contract/settings.ts'
import type { Bindings } from '../platform/env.ts'
import { readStoredSettings, type StoredSettings } from './stored-settings.ts'

export interface SettingsInForce extends StoredSettings {
  values: Settings
}

/** A change is effective everywhere within 5 s; half of that leaves room for the read itself. */
const freshMs = 2_500

let cached: { at: number; reading: Promise<SettingsInForce> } | null = null

/** The settings in force, at most 2.5 s old. */
export function loadSettings(env: Bindings, now = Date.now()): Promise<SettingsInForce> {
  if (cached && now - cached.at < freshMs && now >= cached.at) return cached.reading
  const reading = readStoredSettings(env).then((stored) => ({
    ...stored,
    values: resolveSettings(stored.overrides),
  }))
  const entry = { at: now, reading }
  cached = entry
  reading.catch(() => {
    if (cached === entry) cached = null
  })
  return reading
}

/** Called by whoever changed them, so that this isolate sees its own change at once. */
export function forgetSettings(): void {
  cached = null
}
