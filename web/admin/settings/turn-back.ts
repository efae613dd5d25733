import type { SettingsRevision } from '#contract/settings.ts'
import type { Known } from './centre-state.ts'
import { isSame } from './typed-value.ts'

/** What going back makes of one setting. */
export interface Turn {
  key: string
  now: unknown
  back: unknown
  /** The default is not stored. */
  isDefault: boolean
  /** It has been changed again since, and that would be lost. */
  isSince: boolean
}

/** What undoing one change comes to, as things stand now. */
export function undoTurns({ changes }: SettingsRevision, known: Known): Turn[] {
  return changes
    .map(({ key, before, beforeIsDefault, after }) => ({
      key,
      now: known.values[key],
      back: before,
      isDefault: beforeIsDefault,
      isSince: !isSame(known.values[key], after),
    }))
    .filter((turn) => isTurn(turn, known))
}

/** What it takes to stand where things stood before all of `newer`, the newest change first. */
export function restoreTurns(newer: readonly SettingsRevision[], known: Known): Turn[] {
  const turns = new Map<string, Turn>()
  for (const { key, before, beforeIsDefault } of newer.flatMap(({ changes }) => changes)) {
    const now = known.values[key]
    // Of several changes the oldest is the one whose beginning counts.
    turns.set(key, { key, now, back: before, isDefault: beforeIsDefault, isSince: false })
  }
  return [...turns.values()].filter((turn) => isTurn(turn, known))
}

/** What returning every setting to its default comes to. */
export function defaultTurns(known: Known): Turn[] {
  return known.fields
    .map(({ key, default: fallback }) => ({
      key,
      now: known.values[key],
      back: fallback,
      isDefault: true,
      isSince: false,
    }))
    .filter((turn) => isTurn(turn, known))
}

/** Secrets and images cannot be brought back: nobody knows any more what they were. */
function isTurn({ key, now, back }: Turn, { fields }: Known): boolean {
  const field = fields.find((other) => other.key === key)
  return field !== undefined && field.control.type !== 'secret' && !isSame(now, back)
}

/** The change that makes the turns. */
export function patchFor(turns: readonly Turn[]) {
  const set = turns.filter(({ isDefault }) => !isDefault)
  return {
    values: Object.fromEntries(set.map(({ key, back }) => [key, back])),
    reset: turns.filter(({ isDefault }) => isDefault).map(({ key }) => key),
  }
}
