import { createValue } from '../api/value.ts'

const storageKey = 'aichat.known-account'

/**
 * Somebody has signed in with this browser, and not said since that they go on without an account:
 * whoever comes next is asked to sign in instead of becoming a guest without noticing.
 */
export const knownAccountValue = createValue(read() !== null)

/** Null: whoever is here goes on without an account. */
export function noteAccount(userId: string | null) {
  knownAccountValue.set(userId !== null)
  if (userId === read()) return
  try {
    if (userId) localStorage.setItem(storageKey, userId)
    else localStorage.removeItem(storageKey)
  } catch {
    // It lasts as long as the page then.
  }
}

/** Calls `listener` when somebody signs in, or goes on without an account, in another tab. */
export function onOtherAccount(listener: () => void) {
  window.addEventListener('storage', ({ key }) => {
    if (key !== storageKey) return
    knownAccountValue.set(read() !== null)
    listener()
  })
}

function read(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}
