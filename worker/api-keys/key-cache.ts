import type { KeyRow } from './api-keys.ts'

/** A row may be this old; a key that is revoked stops working < 5 s later everywhere. */
const freshMs = 2_500
const entriesMax = 5_000

const rows = new Map<string, { at: number; row: KeyRow }>()

export function cachedKey(hash: string, now: number): KeyRow | null {
  const entry = rows.get(hash)
  return entry && now - entry.at < freshMs && now >= entry.at ? entry.row : null
}

export function cacheKey(hash: string, row: KeyRow, now: number): void {
  if (rows.size >= entriesMax) rows.clear()
  rows.set(hash, { at: now, row })
}

/** Forgets every key: whoever changes one knows its id and not its hash. */
export function forgetKeys(): void {
  rows.clear()
}
