import { isDeepStrictEqual } from 'node:util'
import type { Id } from '../contract/ids.ts'
import type { SettingKey } from '../contract/settings-registry.ts'
import { crossCheck, resolveSettings, type SettingsPatch } from '../contract/settings.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { forgetSettings, loadSettings, type SettingsInForce } from './settings.ts'
import { writeSettings, type SettingChange } from './stored-settings.ts'

/**
 * Applies a patch whole or not at all. `ifMatch` is the revision the caller saw; without one the
 * patch is laid over whatever is in force. Refuses `invalid_request` with the key at fault, or
 * `revision_conflict`.
 */
export async function updateSettings(
  env: Bindings,
  patch: SettingsPatch,
  { actorId, ifMatch, now }: { actorId: Id<'user'>; ifMatch: number | null; now: number },
): Promise<SettingsInForce> {
  for (let attempt = 0; attempt < 5; attempt++) {
    forgetSettings()
    const current = await loadSettings(env, now)
    if (ifMatch !== null && ifMatch !== current.revision) {
      throw new Fault('revision_conflict', { revision: current.revision })
    }
    const changes = changesOf(patch, current.overrides)
    if (changes.length === 0) return current
    checkTogether(changes, current.overrides)
    const written = await writeSettings(env, { changes, base: current.revision, actorId, now })
    forgetSettings()
    if (written) return loadSettings(env, now)
  }
  throw new Fault('revision_conflict', {})
}

function changesOf(patch: SettingsPatch, overrides: Record<string, unknown>): SettingChange[] {
  const wanted = [
    ...Object.entries(patch.values ?? {}),
    ...(patch.reset ?? []).map((key) => [key, undefined] as const),
  ]
  return wanted
    .filter(([key, after]) => !isDeepStrictEqual(overrides[key], after))
    .map(([key, after]) => ({ key, before: overrides[key] ?? null, after }))
}

function checkTogether(changes: SettingChange[], overrides: Record<string, unknown>): void {
  const next = { ...overrides }
  for (const { key, after } of changes) {
    if (after === undefined) delete next[key]
    else next[key] = after
  }
  const wrong = crossCheck(
    resolveSettings(next),
    changes.map(({ key }) => key as SettingKey),
  )
  if (wrong) {
    throw new Fault('invalid_request', {
      errors: [{ path: `values.${wrong.key}`, message: wrong.message }],
    })
  }
}
