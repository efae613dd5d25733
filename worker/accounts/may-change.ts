import type { Author } from '../audit/record-audit.ts'
import type { AccountState } from '../contract/accounts.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'

/** SQL, in a statement on `users`: an active administrator is left without the account of its row. */
export const anotherAdminIsLeft = `(users.role != 'admin' or users.state != 'active' or exists (
  select 1 from users as other
  where other.role = 'admin' and other.state = 'active' and other.id != users.id))`

/** SQL: the account whose id is `parameter` is still an administrator's, whatever its session says. */
export function isStillAdmin(parameter: string): string {
  return `exists (select 1 from users as decider
    where decider.id = ${parameter} and decider.role = 'admin' and decider.state = 'active')`
}

/** The administrator who changes an account. */
export interface Decider {
  actorId: Id<'user'>
  author: Author
  now: number
}

/**
 * The refusal for a statement that asked for these and found nothing to change: `not_found`,
 * `last_admin` where the account was to stop being an administrator's, `forbidden`, or else
 * `conflict`, for then it was changed meanwhile.
 */
export async function whyUnchanged(
  env: Bindings,
  userId: Id<'user'>,
  { actorId, losesAdmin = false }: { actorId: Id<'user'>; losesAdmin?: boolean },
): Promise<Fault> {
  const row = await env.DB.prepare(
    `select state, ${isStillAdmin('?2')} as mayDecide, ${anotherAdminIsLeft} as mayGo
     from users where id = ?1`,
  )
    .bind(userId, actorId)
    .first<{ state: AccountState; mayDecide: number; mayGo: number }>()
  if (row === null) return new Fault('not_found')
  if (losesAdmin && row.mayGo === 0) return new Fault('last_admin')
  if (row.mayDecide === 0) return new Fault('forbidden', { capability: 'manageUsers' })
  return new Fault('conflict', { state: row.state })
}
