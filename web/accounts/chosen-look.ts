import type { Preferences } from '#contract/preferences.ts'
import { brandingValue, useBranding } from '../api/branding.ts'
import { meValue, useMe } from '../api/me.ts'
import { useValue } from '../api/value.ts'
import { visitorLanguageValue } from './visitor-language.ts'

/** Theme, font size and language in force: one's own choice, else the installation's. */
export function chosenLook() {
  const { preferences } = meValue.get()
  const branding = brandingValue.get()
  return {
    theme: preferences?.theme ?? branding.theme,
    fontSize: preferences?.fontSize ?? ('normal' satisfies Preferences['fontSize']),
    language: preferences?.language ?? visitorLanguageValue.get() ?? branding.language,
  }
}

/** The same for showing; the component renders again when it changes. */
export function useChosenLook() {
  useMe()
  useBranding()
  useValue(visitorLanguageValue)
  return chosenLook()
}
