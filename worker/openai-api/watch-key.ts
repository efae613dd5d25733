import { keyOf } from '../api-keys/authenticate-key.ts'
import { Fault } from '../platform/fault.ts'
import type { AppContext } from '../platform/serve.ts'

/** A key that is looked up may be read from a cache; with it, a call ends < 5 s after its key. */
const everyMs = 2_000

/**
 * Calls `onRefused` with the refusal once the key of this request is no longer good: revoked,
 * expired, or its owner's account closed. Answers what ends the watch.
 */
export function watchKey(context: AppContext, onRefused: (refusal: Fault) => void): () => void {
  const timer = setInterval(() => {
    keyOf(context).catch((error: unknown) => {
      // A database that does not answer says nothing about the key.
      if (!(error instanceof Fault) || error.code !== 'not_signed_in') return
      clearInterval(timer)
      onRefused(error)
    })
  }, everyMs)
  return () => clearInterval(timer)
}
