import type { Id } from '../contract/ids.ts'
import type { SessionRow } from './sessions.ts'

/** A row may be this old; every revocation is effective < 5 s everywhere. */
const freshMs = 2_500
const entriesMax = 5_000

const rows = new Map<Id<'session'>, { at: number; row: SessionRow }>()

export function cachedSession(id: Id<'session'>, now: number): SessionRow | null {
  const entry = rows.get(id)
  return entry && now - entry.at < freshMs && now >= entry.at ? entry.row : null
}

export function cacheSession(id: Id<'session'>, row: SessionRow, now: number): void {
  if (rows.size >= entriesMax) rows.clear()
  rows.set(id, { at: now, row })
}

/** Without an id every row is forgotten: cheaper than knowing whose sessions ended. */
export function forgetSession(id?: Id<'session'>): void {
  if (id) rows.delete(id)
  else rows.clear()
}
