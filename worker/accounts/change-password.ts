import { auditStatement, ifChanged, type Author } from '../audit/record-audit.ts'
import type { Id } from '../contract/ids.ts'
import { hashPassword } from '../platform/crypto.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { brokenRule } from './password-rule.ts'
import { checkCredentials } from './sign-in.ts'
import { findUser, replaceHash, targetOf } from './users.ts'

/**
 * Gives an account a new password of its owner's choice and ends all its sessions but the one it is
 * done in. Refuses `weak_password`, and what `checkCredentials` refuses of the present one.
 */
export async function changePassword(
  env: Bindings,
  userId: Id<'user'>,
  { current, next }: { current: string; next: string },
  {
    sessionId,
    address,
    author,
    now,
  }: { sessionId: Id<'session'> | null; address: string; author: Author; now: number },
): Promise<void> {
  const user = await findUser(env, userId)
  if (user === null) throw new Fault('session_ended')
  const { username } = user
  const rule = brokenRule(next, username)
  if (rule) throw new Fault('weak_password', { rule })
  const checked = await checkCredentials(env, { username, password: current, address, now })
  const passwordHash = await hashPassword(next)
  const [changed] = await env.DB.batch([
    replaceHash(env, checked, passwordHash),
    auditStatement(
      env,
      { kind: 'session.passwordChange', target: targetOf(user) },
      author,
      now,
      ifChanged,
    ),
    env.DB.prepare(
      `delete from sessions where user_id = ?1 and id is not ?2
         and exists (select 1 from users where id = ?1 and password_hash = ?3)`,
    ).bind(userId, sessionId, passwordHash),
  ])
  // Somebody else has set another one since it was checked.
  if (!changed?.meta.changes) throw new Fault('wrong_credentials')
}
