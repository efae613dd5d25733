import type { AccountState, User } from '../contract/accounts.ts'
import type { Id } from '../contract/ids.ts'
import { auditStatement, ifChanged } from '../audit/record-audit.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { anotherAdminIsLeft, isStillAdmin, whyUnchanged, type Decider } from './may-change.ts'
import { releaseStreams } from './release-streams.ts'
import { forgetSession } from './session-cache.ts'
import { findUser, targetOf, toUser } from './users.ts'

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
  userId: Id<'user'>,
  reason: string | null,
  { actorId, author, now }: Decider,
): Promise<User> {
  const { from, to } = transitions[decision]
  if (decision === 'disable' && userId === actorId) throw new Fault('own_account')
  const user = await findUser(env, userId)
  if (user === null) throw new Fault('not_found')
  if (!from.includes(user.state)) throw new Fault('conflict', { state: user.state })
  const losesAdmin = to !== 'active'
  const decided = { state: to, reason, decidedAt: now, decidedBy: actorId }
  const [changed] = await env.DB.batch([
    env.DB.prepare(
      `update users set state = ?2, reason = ?3, decided_at = ?4, decided_by = ?5
       where id = ?1 and state = ?6 and ${isStillAdmin('?5')}
         and ${losesAdmin ? anotherAdminIsLeft : 'true'}`,
    ).bind(userId, to, reason, now, actorId, user.state),
    auditStatement(
      env,
      {
        kind: `user.${decision}`,
        target: targetOf(user),
        before: { state: user.state },
        after: { state: to, ...(reason !== null && { reason }) },
      },
      author,
      now,
      ifChanged,
    ),
    env.DB.prepare(
      `delete from sessions where user_id = ?1
         and exists (select 1 from users where id = ?1 and state != 'active')`,
    ).bind(userId),
  ])
  forgetSession()
  // More than one where triggers counted the account anew.
  if (changed?.meta.changes) {
    if (losesAdmin) await releaseStreams(env, userId, { cancel: true })
    return toUser({ ...user, ...decided })
  }
  throw await whyUnchanged(env, userId, { actorId, losesAdmin })
}
