import { secretKeys, type SecretKey } from '../contract/settings-registry.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { crossCheck } from './cross-check.ts'
import type { FieldError } from './read-patch.ts'
import { resolveSettings } from './resolve-settings.ts'
import { withChanges, type SettingChange } from './setting-changes.ts'
import { forgetSettings, loadSettings, type SettingsInForce } from './settings.ts'
import { writeSettings, type SettingsWriter } from './stored-settings.ts'

export interface Writing {
  writer: SettingsWriter
  /** The revision the caller saw; null lays the change over whatever is in force. */
  ifMatch?: number | null
  now: number
}

/**
 * Makes the changes that `decide` finds, whole or not at all, as one revision; none where it finds
 * none. It is asked again when somebody else was faster. Refuses `invalid_request` with the keys at
 * fault, or `revision_conflict`.
 */
export async function changeSettings(
  env: Bindings,
  decide: (current: SettingsInForce) => SettingChange[] | Promise<SettingChange[]>,
  { writer, ifMatch = null, now }: Writing,
): Promise<SettingsInForce> {
  for (let attempt = 0; attempt < 20; attempt++) {
    forgetSettings()
    const current = await loadSettings(env, now)
    if (ifMatch !== null && ifMatch !== current.revision) {
      throw new Fault('revision_conflict', { revision: current.revision })
    }
    const changes = await decide(current)
    if (changes.length === 0) return current
    const written = await writeSettings(env, changes, { base: current.revision, writer, now })
    forgetSettings()
    if (written) return loadSettings(env, now)
  }
  throw new Fault('revision_conflict', {})
}

/** Refuses changes that do not go together with what is in force. */
export function checkTogether(
  changes: readonly SettingChange[],
  overrides: Readonly<Record<string, unknown>>,
  changed: readonly string[],
): void {
  const next = withChanges(overrides, changes)
  const findings = crossCheck(resolveSettings(next), {
    changed,
    hasSecret: (key: SecretKey) => key in next,
  })
  refuse(findings.map(({ key, message }) => ({ path: `values.${key}`, message })))
}

const errorsMax = 20

export function refuse(errors: readonly FieldError[]): void {
  if (errors.length === 0) return
  throw new Fault('invalid_request', {
    errors: errors.slice(0, errorsMax).map(({ path, message }) => ({
      path: path.slice(0, 200),
      message,
    })),
  })
}

/** Of each secret only whether it is set. */
export function secretFlags(
  overrides: Readonly<Record<string, unknown>>,
): Record<SecretKey, { set: boolean }> {
  return Object.fromEntries(secretKeys.map((key) => [key, { set: key in overrides }])) as Record<
    SecretKey,
    { set: boolean }
  >
}
