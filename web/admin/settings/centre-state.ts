import type { SettingField } from './setting-field.ts'
import { changesStored, isSame, readTyped } from './typed-value.ts'

/** The settings in force, and how each may be set. */
export interface Known {
  values: Readonly<Record<string, unknown>>
  revision: number
  fields: readonly SettingField[]
}

/** What somebody else has set since this page knew the value. */
export interface Meanwhile {
  key: string
  before: unknown
  after: unknown
}

/** What the settings centre knows, and what has been typed into it and not been saved yet. */
export interface CentreState {
  known: Known | null
  /** Why the settings could not be read. */
  failure: unknown
  /** By key, in the form it is edited in; it need not be another value than the stored one. */
  typed: Readonly<Record<string, unknown>>
  /** By key, why the server did not accept it. */
  refused: Readonly<Record<string, string>>
  meanwhile: readonly Meanwhile[]
}

export const blankCentre: CentreState = {
  known: null,
  failure: null,
  typed: {},
  refused: {},
  meanwhile: [],
}

/** What has been typed for `field` from now on. */
export function withTyped(state: CentreState, field: SettingField, typed: unknown): CentreState {
  return {
    ...state,
    typed: { ...state.typed, [field.key]: typed },
    refused: without(state.refused, [field.key]),
  }
}

/** Forgets what was typed for the keys. */
export function withoutTyped(state: CentreState, keys: readonly string[]): CentreState {
  const meanwhile = state.meanwhile.filter(({ key }) => !keys.includes(key))
  return {
    ...state,
    typed: without(state.typed, keys),
    refused: without(state.refused, keys),
    meanwhile,
  }
}

/**
 * The settings as they are now. What `saved` names was set from here, as it was typed then; other
 * differences are somebody else's, and worth telling while something is typed and not saved.
 */
export function withKnown(
  state: CentreState,
  known: Known,
  saved: Readonly<Record<string, unknown>> = {},
): CentreState {
  if (state.known && known.revision < state.known.revision) return state
  // What is typed and the same as stored is no wish to keep it so.
  const kept = changedFields(state).filter(({ key }) => !isSaved(key))
  const typed = Object.fromEntries(
    kept
      .filter((field) => changesStored(field, state.typed[field.key], known.values[field.key]))
      .map(({ key }) => [key, state.typed[key]]),
  )
  const others = differences(state.known, known).filter(({ key }) => !(key in saved))
  const toldBefore = state.meanwhile.filter(
    ({ key }) => !(key in saved) && !others.some((other) => other.key === key),
  )
  return {
    known,
    failure: null,
    typed,
    refused: Object.fromEntries(Object.entries(state.refused).filter(([key]) => key in typed)),
    meanwhile: Object.keys(typed).length > 0 ? [...toldBefore, ...others] : [],
  }

  /** What has been typed anew while it was being saved is not. */
  function isSaved(key: string): boolean {
    return key in saved && saved[key] === state.typed[key]
  }
}

function differences(before: Known | null, after: Known): Meanwhile[] {
  if (!before) return []
  return after.fields
    .filter(({ key }) => !isSame(before.values[key], after.values[key]))
    .map(({ key }) => ({ key, before: before.values[key], after: after.values[key] }))
}

/** The fields in which something is typed and not saved, of one section or of all. */
export function changedFields({ known, typed }: CentreState, section?: string): SettingField[] {
  if (!known) return []
  return known.fields.filter(
    (field) =>
      field.key in typed &&
      (section === undefined || field.section === section) &&
      changesStored(field, typed[field.key], known.values[field.key]),
  )
}

/** The value of a setting if what is typed were saved; undefined where that is none. */
export function valueAhead({ known, typed }: CentreState, key: string): unknown {
  const field = known?.fields.find((other) => other.key === key)
  if (!field || !(key in typed)) return known?.values[key]
  const read = readTyped(field, typed[key])
  return read.ok ? read.value : undefined
}

/** Of these fields, those in which something is typed that cannot be their value. */
export function unfitFields({ typed }: CentreState, fields: readonly SettingField[]) {
  return fields.filter((field) => !readTyped(field, typed[field.key]).ok)
}

/** What is typed for the fields as a change: a value that is the default is not stored. */
export function patchOf(
  { typed }: CentreState,
  fields: readonly SettingField[],
): { values: Record<string, unknown>; reset: string[] } {
  const values: Record<string, unknown> = {}
  const reset: string[] = []
  for (const field of fields) {
    const read = readTyped(field, typed[field.key])
    if (!read.ok) continue
    const isDefault = field.control.type !== 'secret' && isSame(read.value, field.default)
    if (isDefault) reset.push(field.key)
    else values[field.key] = read.value
  }
  return { values, reset }
}

/** By key what a refusal says about it; `path` leads into the value where it is a list. */
export function refusalsOf(
  fields: readonly SettingField[],
  errors: unknown,
): Record<string, string> {
  const refusals: Record<string, string> = {}
  const said = Array.isArray(errors) ? (errors as { path?: unknown; message?: unknown }[]) : []
  for (const { path, message } of said) {
    if (typeof path !== 'string' || typeof message !== 'string') continue
    const named = path.replace(/^(values|reset)\./, '')
    const field = fields.find(({ key }) => named === key || named.startsWith(`${key}.`))
    if (field) refusals[field.key] ??= message
  }
  return refusals
}

function without<Value>(record: Readonly<Record<string, Value>>, keys: readonly string[]) {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)))
}
