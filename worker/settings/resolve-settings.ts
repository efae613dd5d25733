import { settingKeys, settings, type Settings } from '../contract/settings-registry.ts'

/** Stored overrides laid over the defaults. A stored value that no longer parses is the default. */
export function resolveSettings(stored: Partial<Record<string, unknown>>): Settings {
  const entries = settingKeys.map((key) => {
    const { schema, default: fallback } = settings[key]
    if (!(key in stored)) return [key, fallback]
    const parsed = schema.safeParse(stored[key])
    return [key, parsed.success ? parsed.data : fallback]
  })
  return Object.fromEntries(entries) as Settings
}
