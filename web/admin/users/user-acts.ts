import type { User } from '#contract/accounts.ts'
import type { BulkAction } from '#contract/users.ts'

/** What an administrator can do about an account. */
export type UserAct = BulkAction | 'rename' | 'role' | 'password' | 'signOut'

/** Which accounts each decision is about; others refuse it. */
const states: Record<BulkAction, readonly User['state'][]> = {
  approve: ['pending', 'rejected'],
  reject: ['pending'],
  enable: ['disabled'],
  disable: ['active'],
  delete: ['pending', 'active', 'rejected', 'disabled'],
}

/** The decisions an account is open to, in the order they are offered; none about oneself. */
export function decisionsFor({ id, state }: User, ownId: string | undefined): BulkAction[] {
  if (id === ownId) return []
  const all: BulkAction[] = ['approve', 'reject', 'enable', 'disable', 'delete']
  return all.filter((action) => states[action].includes(state))
}

/** Those of `users` that an action is about. */
export function fitFor(action: BulkAction, users: readonly User[]): User[] {
  return users.filter(({ state }) => states[action].includes(state))
}
