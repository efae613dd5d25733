import * as z from 'zod/mini'
import type { Actor } from '../contract/actor.ts'
import { getBranding } from '../contract/branding.ts'
import { settingKeys, settings, type Reach, type Settings } from '../contract/settings-registry.ts'
import { getSettings, updateSettings as updateSettingsEndpoint } from '../contract/settings.ts'
import { can } from '../contract/actor.ts'
import type { Bindings } from '../platform/env.ts'
import { newRoutes, serve, type AppContext } from '../platform/serve.ts'
import { loadSettings } from './settings.ts'
import { Fault } from '../platform/fault.ts'
import { updateSettings } from './update-settings.ts'

export const settingsRoutes = newRoutes()

/** Leaves the settings in force in the context of every request. */
export async function applySettings(context: AppContext): Promise<void> {
  const { values, revision } = await loadSettings(context.env)
  context.set('settings', values)
  context.set('settingsRevision', revision)
}

serve(settingsRoutes, getSettings, async ({ context }) => {
  const values = context.get('settings')
  return settingsFor(context.get('actor'), values, context.get('settingsRevision'))
})

serve(settingsRoutes, updateSettingsEndpoint, async ({ body, user, context }) => {
  const { values, revision } = await updateSettings(context.env, body, {
    actorId: user.id,
    ifMatch: revisionOf(context.req.header('if-match')),
    now: Date.now(),
  })
  return settingsFor(user, values, revision)
})

serve(settingsRoutes, getBranding, async ({ context }) => {
  const values = context.get('settings')
  context.header('Cache-Control', 'max-age=5')
  return {
    name: values['brand.name'],
    welcome: values['brand.welcome'],
    disclaimer: values['brand.disclaimer'],
    logoUrl: null,
    faviconUrl: null,
    assistantAvatarUrl: null,
    theme: values['brand.theme'],
    accentColor: values['brand.accentColor'],
    language: values['brand.language'],
    registration: values['accounts.registration'],
    guests: false,
    revision: context.get('settingsRevision'),
    setup: await awaitsSetup(context.env),
  }
})

let hasAccount = false

/** Whether the first account is still to come. Once there is one this costs nothing any more. */
async function awaitsSetup(env: Bindings): Promise<boolean> {
  if (!hasAccount)
    hasAccount = (await env.DB.prepare('select 1 from users limit 1').first()) !== null
  return !hasAccount
}

function settingsFor(actor: Actor | null, values: Settings, revision: number) {
  const isAdmin = actor !== null && can(actor, 'manageSettings', values)
  const readable: Reach[] = isAdmin
    ? ['public', 'actor', 'admin']
    : actor
      ? ['public', 'actor']
      : ['public']
  const keys = settingKeys.filter((key) => readable.includes(settings[key].reach))
  return {
    values: Object.fromEntries(keys.map((key) => [key, values[key]])),
    revision,
    ...(isAdmin && { registry }),
  }
}

const registry = Object.fromEntries(
  settingKeys.map((key) => {
    const { section, reach, schema, default: fallback } = settings[key]
    const json = z.toJSONSchema(schema, { unrepresentable: 'any' }) as Record<string, unknown>
    return [key, { section, reach, default: fallback, schema: json }]
  }),
)

function revisionOf(header: string | undefined): number | null {
  if (header === undefined) return null
  const revision = Number(header.replace(/^(W\/)?"(.*)"$/, '$2'))
  if (!Number.isSafeInteger(revision))
    throw new Fault('invalid_request', {
      errors: [{ path: 'If-Match', message: 'A revision number.' }],
    })
  return revision
}
