import { Fault } from './fault.ts'

const passing =
  /network connection lost|storage caused object to be reset|reset because its code was updated|cannot resolve d1|overloaded|D1_ERROR: .*(timeout|locked|busy)|durable object.*(reset|abort)/i
const full = /SQLITE_FULL|disk is full|exceeded maximum DB size/i

/** Whether `error` is the platform's and passes by itself, so that the same may be asked again. */
export function isTransient(error: unknown): boolean {
  return passing.test(wordsOf(error))
}

/** Whether the storage has no room left: nothing was written, and nobody can do so for now. */
export function isStorageFull(error: unknown): boolean {
  return full.test(wordsOf(error))
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${wordsOf(error.cause)}` : String(error ?? '')
}

/** Faults of the platform are not bugs: the caller may simply come again. */
export function asFault(error: unknown): unknown {
  if (error instanceof Fault) return error
  if (!isTransient(error) && !isStorageFull(error)) return error
  return new Fault('storage_unavailable', { retryAfterMs: 2_000 }, { cause: error })
}
