import { isUpcoming, settings, type AnySettingKey } from '#contract/settings-registry.ts'
import type { SettingField } from './setting-field.ts'

/** What takes effect some day is not offered before, nor what only a newer release knows. */
export function isShown({ key }: SettingField): boolean {
  return Object.hasOwn(settings, key) && !isUpcoming(key as AnySettingKey)
}
