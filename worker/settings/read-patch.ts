import { settings, type AnySettingKey } from '../contract/settings-registry.ts'
import type { SettingsPatch } from '../contract/settings.ts'

export interface FieldError {
  path: string
  message: string
}

/** What each key is to become; undefined is its default. */
export type Wanted = Map<AnySettingKey, unknown>

/** Holds every value of a patch against the registry and names each field that does not fit. */
export function readPatch({ values = {}, reset = [] }: SettingsPatch): {
  wanted: Wanted
  errors: FieldError[]
} {
  const wanted: Wanted = new Map()
  const errors: FieldError[] = []
  for (const [key, value] of Object.entries(values)) {
    if (!isKnown(key)) {
      errors.push({ path: `values.${key}`, message: 'There is no such setting.' })
      continue
    }
    const parsed = settings[key].schema.safeParse(value)
    if (parsed.success) wanted.set(key, parsed.data)
    else {
      errors.push(
        ...parsed.error.issues.map(({ path, message }) => ({
          path: ['values', key, ...path].map(String).join('.'),
          message,
        })),
      )
    }
  }
  for (const key of reset) {
    const path = `reset.${key}`
    if (!isKnown(key)) errors.push({ path, message: 'There is no such setting.' })
    else if (Object.hasOwn(values, key)) errors.push({ path, message: 'It is given a value too.' })
    else wanted.set(key, undefined)
  }
  return { wanted, errors }
}

function isKnown(key: string): key is AnySettingKey {
  return Object.hasOwn(settings, key)
}
