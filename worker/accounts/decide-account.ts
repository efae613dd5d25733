import type { AccountState, User } from '../contract/accounts.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { releaseStreams } from './release-streams.ts'
import { forgetSession } from './session-cache.ts'
import { findUser, toUser } from './users.ts'

export type Decision = 'approve' | 'reject' | 'disable' | 'enable'

const transitions: Record<Decision, { from: AccountState[]; to: AccountState }> = {
  approve: { from: ['pending', 'rejected'], to: 'active' },
  reject: { from: ['pending'], to: 'rejected' },
  disable: { from: ['active'], to: 'disabled' },
  enable: { from: ['disabled'], to: 'active' },
}

/**
 * Moves an account to its next state; leaving the active ones ends its sessions. Refuses `conflict`
 * with the present state, `own_account`, and `last_admin` inside the writing statement, so that two
 * administrators at once cannot remove each other.
 */
export async function decideAccount(
  env: Bindings,
  decision: Decision,
  {
    userId,
    actorId,
    reason,
    now,
  }: { userId: Id<'user'>; actorId: Id<'user'>; reason: string | null; now: number },
): Promise<User> {
  const { from, to } = transitions[decision]
  if (decision === 'disable' && userId === actorId) throw new Fault('own_account')
  const allowed = from.map((state) => `'${state}'`).join(', ')
  const [changed] = await env.DB.batch([
    env.DB.prepare(
      `update users set state = ?2, reason = ?3, decided_at = ?4, decided_by = ?5
       where id = ?1 and state in (${allowed})
         and (?2 = 'active' or role != 'admin' or exists (
           select 1 from users as other
           where other.id != ?1 and other.role = 'admin' and other.state = 'active'))`,
    ).bind(userId, to, reason, now, actorId),
    env.DB.prepare(
      `delete from sessions where user_id = ?1
         and exists (select 1 from users where id = ?1 and state != 'active')`,
    ).bind(userId),
  ])
  forgetSession()
  const user = await findUser(env, userId)
  if (user === null) throw new Fault('not_found')
  if (changed?.meta.changes === 1) {
    if (to !== 'active') await releaseStreams(env, userId, { cancel: true })
    return toUser(user)
  }
  if (from.includes(user.state)) throw new Fault('last_admin')
  throw new Fault('conflict', { state: user.state })
}
