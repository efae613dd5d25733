import { isId, type Id } from '#contract/ids.ts'

const keptMax = 200

/** Which conversations of `ownerId` had unread answers when this browser last looked. */
export function readUnread(ownerId: string): ReadonlySet<Id<'conversation'>> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(ownerId)) ?? '[]')
    if (!Array.isArray(stored)) return new Set()
    return new Set(stored.filter((id): id is Id<'conversation'> => isId('conversation', id)))
  } catch {
    return new Set()
  }
}

export function writeUnread(ownerId: string, unread: ReadonlySet<Id<'conversation'>>) {
  try {
    localStorage.setItem(keyOf(ownerId), JSON.stringify([...unread].slice(-keptMax)))
  } catch {
    // The marks last as long as the tab then.
  }
}

function keyOf(ownerId: string): string {
  return `aichat.unread.${ownerId}`
}
