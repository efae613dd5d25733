const storageKey = 'aichat.guest-draft-to'

/** Whoever signs in goes on with what the guest of this browser had not sent yet. */
export function handOverDraft(userId: string) {
  try {
    localStorage.setItem(storageKey, userId)
  } catch {
    // The text stays with the guest.
  }
}

/** Whether `userId` has yet to get it; true at most once. */
export function takesOverDraft(userId: string): boolean {
  try {
    if (localStorage.getItem(storageKey) !== userId) return false
    localStorage.removeItem(storageKey)
    return true
  } catch {
    return false
  }
}
