import type { Settings } from '../contract/settings-registry.ts'
import type { Bindings } from '../platform/env.ts'
import { resolveSettings } from './resolve-settings.ts'
import { readStoredSettings, type StoredSettings } from './stored-settings.ts'

export interface SettingsInForce extends StoredSettings {
  values: Settings
}

/** A change is effective everywhere within 5 s; half of that leaves room for the read itself. */
const freshMs = 2_500

let cached: { at: number; settings: SettingsInForce } | null = null

/**
 * The settings in force, at most 2.5 s old. What is kept is the value and not the reading of it: a
 * promise belongs to the request that made it, and the runtime lets no other one wait for its end.
 */
export async function loadSettings(env: Bindings, now = Date.now()): Promise<SettingsInForce> {
  if (cached && now - cached.at < freshMs && now >= cached.at) return cached.settings
  const changesBefore = changes
  const stored = await readStoredSettings(env)
  const settings = { ...stored, values: resolveSettings(stored.overrides) }
  // A reading that began before a change must not outlive it.
  if (changes === changesBefore) cached = { at: now, settings }
  return settings
}

let changes = 0

/** Called by whoever changed them, so that this isolate sees its own change at once. */
export function forgetSettings(): void {
  changes++
  cached = null
}
