import * as z from 'zod/mini'
import type { Hono } from 'hono'
import { authorOf } from '../audit/record-audit.ts'
import { can, type Actor } from '../contract/actor.ts'
import type { AuditKind } from '../contract/audit.ts'
import { getBranding } from '../contract/branding.ts'
import { listLimitDefault } from '../contract/lists.ts'
import { settings, type AnySettingKey, type Reach } from '../contract/settings-registry.ts'
import {
  getSettings,
  rollbackSettings as rollbackEndpoint,
  settingsHistory,
  updateSettings as updateEndpoint,
} from '../contract/settings.ts'
import { decodeCursor, encodeCursor } from '../platform/cursor.ts'
import { newRoutes, serve, type AppContext, type AppEnv } from '../platform/serve.ts'
import { brandingOf } from './branding.ts'
import { refuse, secretFlags } from './change-settings.ts'
import { listRevisions } from './revisions.ts'
import { rollbackSettings } from './rollback-settings.ts'
import { loadSettings, type SettingsInForce } from './settings.ts'
import type { SettingsWriter } from './stored-settings.ts'
import { updateSettings, type TitleModelCheck } from './update-settings.ts'

/** Leaves the settings in force in the context of every request. */
export async function applySettings(context: AppContext): Promise<void> {
  const { values, revision } = await loadSettings(context.env)
  context.set('settings', values)
  context.set('settingsRevision', revision)
}

/** The routes of settings; what a model can do is for a floor above to say. */
export function settingsRoutes(titleModelFault: TitleModelCheck): Hono<AppEnv> {
  const routes = newRoutes()

  serve(routes, getSettings, async ({ context }) =>
    settingsFor(context.get('actor'), await loadSettings(context.env)),
  )

  serve(routes, updateEndpoint, async ({ body, user, context }) => {
    const inForce = await updateSettings(context.env, body, {
      titleModelFault,
      writer: writerOf(context, user.id, 'setting.change'),
      ifMatch: revisionOf(context.req.header('if-match')),
      now: Date.now(),
    })
    return settingsFor(user, inForce)
  })

  serve(routes, settingsHistory, async ({ query, context }) => {
    const limit = query.limit ?? listLimitDefault
    const [revision] = decodeCursor(query.cursor) ?? []
    const before = typeof revision === 'number' ? revision : null
    const found = await listRevisions(context.env, { before, limit: limit + 1 })
    const items = found.slice(0, limit)
    const last = found.length > limit ? items.at(-1) : undefined
    return { items, nextCursor: last ? encodeCursor([last.revision]) : null }
  })

  serve(routes, rollbackEndpoint, async ({ body, user, context }) => {
    const inForce = await rollbackSettings(context.env, body.revision, {
      titleModelFault,
      writer: writerOf(context, user.id, 'setting.rollback'),
      now: Date.now(),
    })
    return settingsFor(user, inForce)
  })

  serve(routes, getBranding, async ({ context }) => {
    context.header('Cache-Control', 'max-age=5')
    return brandingOf(context.env, await loadSettings(context.env))
  })

  return routes
}

/** Whoever makes this request, as whoever writes settings. */
export function writerOf(
  context: AppContext,
  id: SettingsWriter['id'],
  kind: AuditKind,
): SettingsWriter {
  return { id, author: authorOf(context), kind }
}

function settingsFor(actor: Actor | null, { values, overrides, revision }: SettingsInForce) {
  const isAdmin = actor !== null && can(actor, 'manageSettings', values)
  const readable: Reach[] = actor ? ['public', 'actor'] : ['public']
  const keys = (Object.keys(values) as (keyof typeof values)[]).filter(
    (key) => isAdmin || readable.includes(settings[key].reach),
  )
  return {
    values: {
      ...Object.fromEntries(keys.map((key) => [key, values[key]])),
      ...(isAdmin && secretFlags(overrides)),
    },
    revision,
    ...(isAdmin && { registry }),
  }
}

const registry = Object.fromEntries(
  (Object.keys(settings) as AnySettingKey[]).map((key) => {
    const { section, reach, schema, default: fallback } = settings[key]
    const json = z.toJSONSchema(schema, { unrepresentable: 'any' }) as Record<string, unknown>
    return [key, { section, reach, default: fallback, schema: json }]
  }),
)

function revisionOf(header: string | undefined): number | null {
  if (header === undefined) return null
  const revision = Number(header.replace(/^(W\/)?"(.*)"$/, '$2'))
  if (!Number.isSafeInteger(revision)) {
    refuse([{ path: 'If-Match', message: 'A revision number.' }])
  }
  return revision
}
