import type { User } from '#contract/accounts.ts'
import { newId } from '#contract/ids.ts'

/** A user of the tests. */
export function fakeUser(known: Partial<User> = {}): User {
  return {
    id: newId('user'),
    username: 'alice',
    role: 'user',
    state: 'active',
    note: null,
    reason: null,
    createdAt: 0,
    decidedAt: null,
    decidedBy: null,
    lastSeenAt: null,
    avatarUrl: null,
    ...known,
  }
}
