import { isDeepStrictEqual } from 'node:util'
import type { Change } from '../audit/record-audit.ts'
import { isSecretKey, settings, type AnySettingKey } from '../contract/settings-registry.ts'
import type { SettingsRevision } from '../contract/settings.ts'
import { isBrandImageKey } from './brand-images.ts'

/** What one key was and is to be as it is stored; undefined is its default. */
export interface SettingChange {
  key: string
  before: unknown
  after: unknown
}

/** The same as history keeps it: a side that is not there was or is the default. */
export interface RecordedChange {
  key: string
  before?: unknown
  after?: unknown
}

/** What `wanted` changes of the overrides in force. */
export function changesTo(
  wanted: Iterable<readonly [string, unknown]>,
  overrides: Readonly<Record<string, unknown>>,
): SettingChange[] {
  return Array.from(wanted, ([key, after]) => ({ key, before: overrides[key], after })).filter(
    ({ before, after }) => !isDeepStrictEqual(before, after),
  )
}

/** The overrides once `changes` are made. */
export function withChanges(
  overrides: Readonly<Record<string, unknown>>,
  changes: readonly SettingChange[],
): Record<string, unknown> {
  const next = { ...overrides }
  for (const { key, after } of changes) {
    if (after === undefined) delete next[key]
    else next[key] = after
  }
  return next
}

export function recordOf({ key, before, after }: SettingChange): RecordedChange {
  const shown = (value: unknown) => (value !== undefined && isSecret(key) ? '[set]' : value)
  return { key, before: shown(before), after: shown(after) }
}

/** A recorded change as history shows it. */
export function showChange(change: RecordedChange): SettingsRevision['changes'][number] {
  const before = sideOf(change, 'before')
  const after = sideOf(change, 'after')
  return {
    key: change.key,
    before: shownOf(change.key, before),
    beforeIsDefault: before === undefined,
    after: shownOf(change.key, after),
    afterIsDefault: after === undefined,
  }
}

/**
 * One side of a recorded change, undefined for the default. Where a key takes no null, an old record
 * means the default by it.
 */
export function sideOf(change: RecordedChange, side: 'before' | 'after'): unknown {
  const value = change[side]
  if (value !== null) return value
  const takesNull =
    isSetting(change.key) &&
    settings[change.key].schema.safeParse(null).success &&
    !isSecret(change.key)
  return takesNull ? null : undefined
}

/** Longer texts are in the settings' own history. */
const auditLengthMax = 500

/** The same for the audit: the values in force, field by field. */
export function auditFields(
  revision: number,
  changes: readonly SettingChange[],
): Pick<Change, 'target' | 'before' | 'after'> {
  const side = (of: 'before' | 'after') =>
    Object.fromEntries(changes.map((change) => [change.key, cut(shownOf(change.key, change[of]))]))
  return {
    target: { type: 'settings', id: String(revision), name: null },
    before: side('before'),
    after: side('after'),
  }
}

function cut(value: unknown): unknown {
  return typeof value === 'string' && value.length > auditLengthMax
    ? `${value.slice(0, auditLengthMax)}…`
    : value
}

function shownOf(key: string, value: unknown): unknown {
  if (isSecret(key) || isBrandImageKey(key)) return value === undefined ? '[cleared]' : '[set]'
  return value === undefined && isSetting(key) ? settings[key].default : (value ?? null)
}

function isSecret(key: string): boolean {
  return isSetting(key) && isSecretKey(key)
}

export function isSetting(key: string): key is AnySettingKey {
  return Object.hasOwn(settings, key)
}
