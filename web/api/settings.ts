import type { Settings } from '#contract/settings-registry.ts'
import { call } from './call.ts'
import { createValue, useValue } from './value.ts'

/** The settings this caller may read; empty until `loadSettings` has run. */
const settingsValue = createValue<Partial<Settings>>({})

export function useSettings(): Partial<Settings> {
  return useValue(settingsValue)
}

/** Reads them anew. The registry comes along, so it is fetched apart from the first load. */
export async function loadSettings(): Promise<void> {
  const { getSettings } = await import('#contract/settings.ts')
  const { values } = await call(getSettings)
  settingsValue.set(values as Partial<Settings>)
}
