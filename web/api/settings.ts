import { getSettings } from '#contract/settings.ts'
import type { Settings } from '#contract/settings-registry.ts'
import { call } from './call.ts'
import { createValue, useValue } from './value.ts'

/** The settings this caller may read; empty until `loadSettings` has run. */
const settingsValue = createValue<Partial<Settings>>({})

export function useSettings(): Partial<Settings> {
  return useValue(settingsValue)
}

export async function loadSettings(): Promise<void> {
  const { values } = await call(getSettings)
  noteSettings(values)
}

/** Settings as a reply had them. */
export function noteSettings(values: Record<string, unknown>) {
  settingsValue.set(values as Partial<Settings>)
}
