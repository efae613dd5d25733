import type { Branding } from '../contract/branding.ts'
import type { Bindings } from '../platform/env.ts'
import { brandImageUrl } from './brand-images.ts'
import type { SettingsInForce } from './settings.ts'

/** What a page needs before anybody has signed in. */
export async function brandingOf(
  env: Bindings,
  { values, overrides, revision }: SettingsInForce,
): Promise<Branding> {
  return {
    name: values['brand.name'],
    welcome: values['brand.welcome'],
    disclaimer: values['brand.disclaimer'],
    logoUrl: brandImageUrl(overrides, 'logo'),
    faviconUrl: brandImageUrl(overrides, 'favicon'),
    assistantAvatarUrl: brandImageUrl(overrides, 'assistant-avatar'),
    theme: values['brand.theme'],
    accentColor: values['brand.accentColor'],
    language: values['brand.language'],
    registration: values['accounts.registration'],
    guests: values['guests.enabled'],
    revision,
    setup: await awaitsSetup(env),
  }
}

let hasAccount = false

/** Whether the first account is still to come. Once there is one this costs nothing any more. */
async function awaitsSetup(env: Bindings): Promise<boolean> {
  if (!hasAccount)
    hasAccount = (await env.DB.prepare('select 1 from users limit 1').first()) !== null
  return !hasAccount
}
