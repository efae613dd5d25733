import { createValue } from '../api/value.ts'

const storageKey = 'aichat.known-account'

/**
 * Somebody has signed in with this browser, and not said since that they go on without an account:
 * whoever comes next is asked to sign in instead of becoming a guest without noticing.
 */
export const knownAccountValue = createValue(read())

export function noteAccount(isKnown: boolean) {
  knownAccountValue.set(isKnown)
  try {
    if (isKnown) localStorage.setItem(storageKey, '1')
    else localStorage.removeItem(storageKey)
  } catch {
    // It lasts as long as the page then.
  }
}

function read(): boolean {
  try {
    return localStorage.getItem(storageKey) !== null
  } catch {
    return false
  }
}
