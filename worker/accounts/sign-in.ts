import type { Id } from '../contract/ids.ts'
import type { ProblemCode } from '../contract/problems.ts'
import { hashPassword, isOutdatedHash, verifyPassword } from '../platform/crypto.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { giveBackAttempts, takeAttempts } from './damping.ts'
import { findUserByName, updateUser } from './users.ts'

/**
 * The id of the active account behind a name and password. Refuses `wrong_credentials` without
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
): Promise<Id<'user'>> {
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
  if (isOutdatedHash(user.passwordHash)) {
    await updateUser(env, user.id, { passwordHash: await hashPassword(password) })
  }
  return user.id
}

const refusals = {
  pending: 'account_pending',
  rejected: 'account_rejected',
  disabled: 'account_disabled',
} as const satisfies Record<string, ProblemCode>
