import { getSettings, updateSettings } from '#contract/settings.ts'
import { followRevision } from '../../api/branding.ts'
import { call } from '../../api/call.ts'
import { loadMe } from '../../api/me.ts'
import { Refused } from '../../api/refused.ts'
import { noteSettings } from '../../api/settings.ts'
import { createValue, useValue } from '../../api/value.ts'
import {
  blankCentre,
  changedFields,
  patchOf,
  refusalsOf,
  unfitFields,
  withKnown,
  withoutTyped,
  withTyped,
  type CentreState,
  type Known,
} from './centre-state.ts'
import { fieldOf, type Registry, type SettingField } from './setting-field.ts'

/** Outside of React, so that what is typed stays while one moves between the sections. */
export const centreValue = createValue<CentreState>(blankCentre)

export function useCentre(): CentreState {
  return useValue(centreValue)
}

interface SettingsReply {
  values: Record<string, unknown>
  revision: number
  registry?: Registry | undefined
}

/** Reads the settings anew; what is typed stays. */
export async function loadCentre(): Promise<void> {
  try {
    learn(await call(getSettings))
  } catch (error) {
    const state = centreValue.get()
    if (!state.known) centreValue.set({ ...state, failure: error })
  }
}

/** The settings as a reply has them, everywhere in the page. */
export function learn(reply: SettingsReply, saved: Readonly<Record<string, unknown>> = {}) {
  const state = centreValue.get()
  centreValue.set(withKnown(state, knownOf(reply, state.known), saved))
  noteSettings(reply.values)
  followRevision(reply.revision).catch(() => {})
}

function knownOf({ values, revision, registry }: SettingsReply, before: Known | null): Known {
  const fields = registry
    ? Object.entries(registry).map(([key, entry]) => fieldOf(key, entry))
    : (before?.fields ?? [])
  return { values, revision, fields }
}

export function type(field: SettingField, typed: unknown) {
  centreValue.set(withTyped(centreValue.get(), field, typed))
}

/** Forgets what is typed in a section, or everywhere. */
export function revert(section?: string) {
  const state = centreValue.get()
  const fields = state.known?.fields ?? []
  const keys = fields
    .filter((field) => section === undefined || field.section === section)
    .map(({ key }) => key)
  centreValue.set(withoutTyped(state, keys))
}

export function dismissMeanwhile() {
  centreValue.set({ ...centreValue.get(), meanwhile: [] })
}

export type SaveOutcome = 'saved' | 'unfit' | 'refused' | 'meanwhile'

/**
 * Stores what is typed in a section, all of it or nothing. Throws what no field is to blame for.
 * `meanwhile`: somebody else was faster; what they set is known now, what is typed is still there.
 */
export async function save(section: string): Promise<SaveOutcome> {
  const state = centreValue.get()
  const { known } = state
  const fields = changedFields(state, section)
  if (!known || unfitFields(state, fields).length > 0) return 'unfit'
  centreValue.set({ ...state, refused: {} })
  const body = patchOf(state, fields)
  const typed = Object.fromEntries(fields.map(({ key }) => [key, state.typed[key]]))
  try {
    learn(await call(updateSettings, { body, ifMatch: known.revision }), typed)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return outcomeOf(error, known)
  }
  // What is left for today may be another number now.
  loadMe().catch(() => {})
  return 'saved'
}

async function outcomeOf(error: Refused, known: Known): Promise<SaveOutcome> {
  const { problem } = error
  if (problem.code === 'revision_conflict') {
    learn(await call(getSettings))
    return 'meanwhile'
  }
  // A change may be refused for what it means for a setting beside it.
  const refused = refusalsOf(known.fields, problem.errors)
  if (Object.keys(refused).length === 0) throw error
  centreValue.set({ ...centreValue.get(), refused })
  return 'refused'
}
