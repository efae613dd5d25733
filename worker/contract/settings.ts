import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { idSchema } from './ids.ts'
import { listOf, listQuery } from './lists.ts'
import type { WritableSettings } from './settings-registry.ts'

/**
 * All or nothing; here null is a value (no limit) and `reset` returns to the default. Text sets a
 * secret, null clears it. Each value is held against the registry by the server: what may be loaded
 * with the first page must not bring the registry along.
 */
export const SettingsPatch = z.strictObject({
  values: z.optional(
    z.custom<Partial<WritableSettings>>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'An object of values by key.',
    ),
  ),
  reset: z.optional(z.array(z.string().check(z.maxLength(100))).check(z.maxLength(1_000))),
})
export type SettingsPatch = z.infer<typeof SettingsPatch>

const SettingsReply = z.object({
  /** Of a secret only `{set: boolean}`, and that to administrators. */
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

/**
 * One write to the settings. Values are those that came into force; `…IsDefault` where none was
 * stored. Secrets and branding images (`brandImageKey`) are `[set]` or `[cleared]`.
 */
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

/**
 * Back to what was in force after that revision (0: the defaults), as a revision of its own. Secrets
 * stay as they are, and a value that no longer fits becomes the default.
 */
export const rollbackSettings = endpoint({
  method: 'POST',
  path: '/api/settings/rollback',
  audience: 'user',
  capability: 'manageSettings',
  body: z.strictObject({ revision: z.int().check(z.gte(0)) }),
  reply: SettingsReply,
})
