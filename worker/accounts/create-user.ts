import type { AccountState, User } from '../contract/accounts.ts'
import type { Role } from '../contract/actor.ts'
import { newId } from '../contract/ids.ts'
import { auditStatement, ifChanged } from '../audit/record-audit.ts'
import { hashPassword } from '../platform/crypto.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { isStillAdmin, type Decider } from './may-change.ts'
import { brokenRule } from './password-rule.ts'
import { findUser, findUserByName, toUser } from './users.ts'

export interface CreateUser {
  username: string
  password: string
  role: Role
  status: Extract<AccountState, 'active' | 'pending'>
}

/** An account an administrator makes for somebody. Refuses `weak_password` and `username_taken`. */
export async function createUser(
  env: Bindings,
  { username, password, role, status }: CreateUser,
  { actorId, author, now }: Decider,
): Promise<User> {
  const rule = brokenRule(password, username)
  if (rule) throw new Fault('weak_password', { rule })
  if (await findUserByName(env, username)) throw new Fault('username_taken')
  const id = newId('user', now)
  const isDecided = status === 'active'
  await env.DB.batch([
    env.DB.prepare(
      `insert into users (id, username, username_key, password_hash, role, state, preferences,
         decided_at, decided_by, created_at)
       select ?1, ?2, ?3, ?4, ?5, ?6, '{}', ?7, ?8, ?9 where ${isStillAdmin('?10')}
       on conflict do nothing`,
    ).bind(
      id,
      username,
      username.toLowerCase(),
      await hashPassword(password),
      role,
      status,
      isDecided ? now : null,
      isDecided ? actorId : null,
      now,
      actorId,
    ),
    auditStatement(
      env,
      {
        kind: 'user.create',
        target: { type: 'user', id, name: username },
        after: { username, role, state: status },
      },
      author,
      now,
      ifChanged,
    ),
  ])
  const stored = await findUser(env, id)
  if (stored) return toUser(stored)
  const isTaken = (await findUserByName(env, username)) !== null
  throw isTaken
    ? new Fault('username_taken')
    : new Fault('forbidden', { capability: 'manageUsers' })
}
