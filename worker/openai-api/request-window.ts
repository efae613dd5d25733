const windowMs = 60_000
const keysMax = 20_000

const windows = new Map<string, { count: number; endsAt: number }>()

/** Counts a request of a key; `remaining` is below zero for one too many in this minute. */
export function takeRequest(
  key: string,
  max: number,
  now: number,
): { remaining: number; resetMs: number } {
  const known = windows.get(key)
  if (known && known.endsAt > now) {
    known.count++
    return { remaining: max - known.count, resetMs: known.endsAt - now }
  }
  if (windows.size >= keysMax) windows.clear()
  windows.set(key, { count: 1, endsAt: now + windowMs })
  return { remaining: max - 1, resetMs: windowMs }
}
