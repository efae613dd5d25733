import type { User } from '../contract/accounts.ts'
import type { Role } from '../contract/actor.ts'
import type { Id } from '../contract/ids.ts'
import { auditStatement, ifChanged } from '../audit/record-audit.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { anotherAdminIsLeft, isStillAdmin, whyUnchanged, type Decider } from './may-change.ts'
import { forgetSession } from './session-cache.ts'
import { findUser, refusingTaken, targetOf, toUser } from './users.ts'

/**
 * Gives an account another name or role. Refuses `username_taken`, `own_account` for one's own role,
 * and `last_admin` inside the writing statement.
 */
export async function changeUser(
  env: Bindings,
  userId: Id<'user'>,
  patch: { username?: string | undefined; role?: Role | undefined },
  { actorId, author, now }: Decider,
): Promise<User> {
  const user = await findUser(env, userId)
  if (user === null) throw new Fault('not_found')
  const { username = user.username, role = user.role } = patch
  const isRenamed = username !== user.username
  const isMoved = role !== user.role
  if (!isRenamed && !isMoved) return toUser(user)
  if (isMoved && userId === actorId) throw new Fault('own_account')
  const target = targetOf(user)
  const records = [
    ...(isRenamed
      ? [{ kind: 'user.rename', before: { username: user.username }, after: { username } } as const]
      : []),
    ...(isMoved
      ? [{ kind: 'user.role', before: { role: user.role }, after: { role } } as const]
      : []),
  ]
  const losesAdmin = isMoved && role !== 'admin'
  const [changed] = await refusingTaken(
    env.DB.batch([
      env.DB.prepare(
        `update users set username = ?2, username_key = ?3, role = ?4
         where id = ?1 and username = ?5 and role = ?6 and ${isStillAdmin('?7')}
           and ${losesAdmin ? anotherAdminIsLeft : 'true'}`,
      ).bind(userId, username, username.toLowerCase(), role, user.username, user.role, actorId),
      // Each record is a change in its turn, so the second one stands or falls with the first.
      ...records.map((record) =>
        auditStatement(env, { ...record, target }, author, now, ifChanged),
      ),
    ]),
  )
  forgetSession()
  // More than one where triggers counted the account anew.
  if (changed?.meta.changes) return toUser({ ...user, username, role })
  throw await whyUnchanged(env, userId, { actorId, losesAdmin })
}
