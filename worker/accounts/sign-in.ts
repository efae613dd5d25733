import type { ProblemCode } from '../contract/problems.ts'
import { hashPassword, isOutdatedHash, verifyPassword } from '../platform/crypto.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { giveBackAttempts, takeAttempts } from './damping.ts'
import { findUser, findUserByName, replaceHash, type UserRow } from './users.ts'

/**
 * The active account behind a name and password. Refuses `wrong_credentials` without
 * telling which was wrong, `account_*` after a right password, and `rate_limited`.
 */
export async function checkCredentials(
  env: Bindings,
  {
    username,
    password,
    address,
    now,
  }: { username: string; password: string; address: string; now: number },
): Promise<UserRow> {
  const attempts = [
    { kind: 'passwordByName', subject: `${username.trim()}@${address}` },
    { kind: 'passwordByAddress', subject: address },
  ] as const
  await takeAttempts(env, attempts, now)
  const user = await findUserByName(env, username)
  if (!(await verifyPassword(password, user?.passwordHash ?? null)) || user === null) {
    throw new Fault('wrong_credentials')
  }
  await giveBackAttempts(env, attempts, now)
  if (user.state !== 'active') throw new Fault(refusals[user.state], { reason: user.reason })
  if (!isOutdatedHash(user.passwordHash)) return user
  const passwordHash = await hashPassword(password)
  await replaceHash(env, user, passwordHash).run()
  return { ...user, passwordHash }
}

/**
 * The account of `user` as it is by now, if `password` is still its own. Asked once there is a session:
 * a new password that was set while the old one was checked has ended only the sessions it found.
 */
export async function confirmPassword(
  env: Bindings,
  user: UserRow,
  password: string,
): Promise<UserRow | null> {
  const present = await findUser(env, user.id)
  if (present === null || present.state !== 'active') return null
  const isSame = present.passwordHash === user.passwordHash
  return isSame || (await verifyPassword(password, present.passwordHash)) ? present : null
}

const refusals = {
  pending: 'account_pending',
  rejected: 'account_rejected',
  disabled: 'account_disabled',
} as const satisfies Record<string, ProblemCode>
