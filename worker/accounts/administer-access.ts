import type { Id } from '../contract/ids.ts'
import { auditStatement, ifChanged } from '../audit/record-audit.ts'
import { hashPassword } from '../platform/crypto.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { isStillAdmin, whyUnchanged, type Decider } from './may-change.ts'
import { brokenRule } from './password-rule.ts'
import { letGo } from './release-streams.ts'
import { findUser, targetOf } from './users.ts'

/**
 * Gives somebody else a new password and ends all their sessions. Refuses `own_account`, for that
 * takes the present password, and `weak_password`.
 */
export async function setPassword(
  env: Bindings,
  userId: Id<'user'>,
  password: string,
  { actorId, author, now }: Decider,
): Promise<void> {
  if (userId === actorId) throw new Fault('own_account')
  const user = await findUser(env, userId)
  if (user === null) throw new Fault('not_found')
  const rule = brokenRule(password, user.username)
  if (rule) throw new Fault('weak_password', { rule })
  const passwordHash = await hashPassword(password)
  const [changed] = await env.DB.batch([
    env.DB.prepare(
      `update users set password_hash = ?2 where id = ?1 and ${isStillAdmin('?3')}`,
    ).bind(userId, passwordHash, actorId),
    auditStatement(
      env,
      { kind: 'user.password', target: targetOf(user), after: { password: '[set]' } },
      author,
      now,
      ifChanged,
    ),
    env.DB.prepare(`delete from sessions where user_id = ?1 and exists (
      select 1 from users where id = ?1 and password_hash = ?2)`).bind(userId, passwordHash),
  ])
  if (!changed?.meta.changes) throw await whyUnchanged(env, userId, { actorId })
  await letGo(env, userId)
}

/** Ends every session of a user. */
export async function signOutUser(
  env: Bindings,
  userId: Id<'user'>,
  { actorId, author, now }: Decider,
): Promise<void> {
  const user = await findUser(env, userId)
  if (user === null) throw new Fault('not_found')
  const [recorded] = await env.DB.batch([
    auditStatement(
      env,
      { kind: 'user.signOut', target: targetOf(user) },
      author,
      now,
      // Ids hold no quotes.
      isStillAdmin(`'${actorId}'`),
    ),
    env.DB.prepare(`delete from sessions where user_id = ?1 and ${isStillAdmin('?2')}`).bind(
      userId,
      actorId,
    ),
  ])
  if (!recorded?.meta.changes) throw await whyUnchanged(env, userId, { actorId })
  await letGo(env, userId)
}
