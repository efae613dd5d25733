import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { idSchema } from './ids.ts'
import { listOf, listQuery } from './lists.ts'
import { settingKeys, settings, type SettingKey, type Settings } from './settings-registry.ts'

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

/** Rules over several settings at once, asked when `changed` touches them; names the key at fault. */
export function crossCheck(
  values: Settings,
  changed: readonly SettingKey[],
): { key: SettingKey; message: string } | null {
  if (values['provider.idleMs'] > values['provider.timeoutMs']) {
    return { key: 'provider.idleMs', message: 'Must not exceed provider.timeoutMs.' }
  }
  if (values['accounts.sessionIdleDays'] > values['accounts.sessionMaxDays']) {
    return { key: 'accounts.sessionIdleDays', message: 'Must not exceed accounts.sessionMaxDays.' }
  }
  if (values['reasoning.tags'] === 'custom' && values['reasoning.customTags'].length === 0) {
    return { key: 'reasoning.customTags', message: 'Custom tags are needed in this mode.' }
  }
  // Lowering the maximum cuts no prompt that is there; it counts from the prompt's next change.
  const isTooLong =
    changed.includes('chat.systemPrompt') &&
    Array.from(values['chat.systemPrompt']).length > values['chat.systemPromptLengthMax']
  if (isTooLong) {
    return { key: 'chat.systemPrompt', message: 'Longer than chat.systemPromptLengthMax.' }
  }
  return null
}

const Values = z.partial(
  z.strictObject(
    Object.fromEntries(settingKeys.map((key) => [key, settings[key].schema])) as {
      [K in SettingKey]: (typeof settings)[K]['schema']
    },
  ),
)

/** All or nothing; here null is a value (no limit) and `reset` returns to the default. */
export const SettingsPatch = z.strictObject({
  values: z.optional(Values),
  reset: z.optional(z.array(z.enum(settingKeys as [SettingKey, ...SettingKey[]]))),
})
export type SettingsPatch = z.infer<typeof SettingsPatch>

const SettingsReply = z.object({
  values: z.record(z.string(), z.unknown()),
  revision: z.int(),
  /** Administrators only: how each setting may be set. */
  registry: z.optional(
    z.record(
      z.string(),
      z.object({
        section: z.string(),
        reach: z.string(),
        default: z.unknown(),
        schema: z.record(z.string(), z.unknown()),
      }),
    ),
  ),
})

export const getSettings = endpoint({
  method: 'GET',
  path: '/api/settings',
  audience: 'public',
  reply: SettingsReply,
})

export const updateSettings = endpoint({
  method: 'PATCH',
  path: '/api/settings',
  audience: 'user',
  capability: 'manageSettings',
  body: SettingsPatch,
  reply: SettingsReply,
})

/** One write to the settings. Values are those in force; `…IsDefault` where none was stored. */
export const SettingsRevision = z.object({
  revision: z.int(),
  at: z.int(),
  actor: z.object({ id: idSchema('user'), name: z.nullable(z.string()) }),
  changes: z.array(
    z.object({
      key: z.string(),
      before: z.unknown(),
      beforeIsDefault: z.boolean(),
      after: z.unknown(),
      afterIsDefault: z.boolean(),
    }),
  ),
})
export type SettingsRevision = z.infer<typeof SettingsRevision>

export const settingsHistory = endpoint({
  method: 'GET',
  path: '/api/settings/history',
  audience: 'user',
  capability: 'manageSettings',
  query: z.object(listQuery),
  reply: listOf(SettingsRevision),
})

/** Back to what was in force after that revision (0: the defaults), as a revision of its own; not secrets. */
export const rollbackSettings = endpoint({
  method: 'POST',
  path: '/api/settings/rollback',
  audience: 'user',
  capability: 'manageSettings',
  body: z.strictObject({ revision: z.int().check(z.gte(0)) }),
  reply: SettingsReply,
})
