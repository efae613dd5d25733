import { Fault } from './fault.ts'

type CursorValue = string | number | boolean | null

/** An opaque place in a list. */
export function encodeCursor(values: readonly CursorValue[]): string {
  return btoa(JSON.stringify(values)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

/** The values of a cursor, or null without one. Refuses what no list of ours gave out. */
export function decodeCursor(cursor: string | undefined): CursorValue[] | null {
  if (cursor === undefined) return null
  try {
    const values: unknown = JSON.parse(atob(cursor.replace(/-/g, '+').replace(/_/g, '/')))
    if (Array.isArray(values)) return values as CursorValue[]
  } catch {
    // Falls through to the refusal below.
  }
  throw new Fault('invalid_request', { errors: [{ path: 'cursor', message: 'Not a cursor.' }] })
}
