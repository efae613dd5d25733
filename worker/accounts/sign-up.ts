import type { AccountState, User } from '../contract/accounts.ts'
import { newId } from '../contract/ids.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { hashPassword, isSameSecret } from '../platform/crypto.ts'
import { deploymentOf, type Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { giveBackAttempts, takeAttempts } from './damping.ts'
import { brokenRule } from './password-rule.ts'
import { findUserByName, insertUser, isFirstAccount, toUser } from './users.ts'

export interface SignUp {
  username: string
  password: string
  note: string | null
  setupToken: string | null
  address: string
  now: number
}

/**
 * A new account: the first one of an installation is its administrator, later ones are what
 * `accounts.registration` makes them. Refuses before anything is stored.
 */
export async function signUp(env: Bindings, settings: Settings, input: SignUp): Promise<User> {
  const { username, password, address, now } = input
  const first = await isFirstAccount(env)
  if (first) requireSetupToken(env, input.setupToken)
  else if (settings['accounts.registration'] === 'closed') throw new Fault('registration_closed')
  const rule = brokenRule(password, username)
  if (rule) throw new Fault('weak_password', { rule })
  const attempts = [{ kind: 'signUp', subject: address }] as const
  await takeAttempts(env, attempts, now)
  try {
    if (await findUserByName(env, username)) throw new Fault('username_taken')
    const user = await insertUser(env, {
      id: newId('user', now),
      username,
      passwordHash: await hashPassword(password),
      note: input.note,
      state: stateFor(settings['accounts.registration']),
      now,
    })
    return toUser(user)
  } catch (error) {
    await giveBackAttempts(env, attempts, now)
    throw error
  }
}

function requireSetupToken(env: Bindings, given: string | null): void {
  const { setupToken } = deploymentOf(env)
  if (setupToken !== null && !isSameSecret(given ?? '', setupToken)) {
    throw new Fault('setup_token_required')
  }
}

function stateFor(registration: Settings['accounts.registration']): AccountState | null {
  switch (registration) {
    case 'open':
      return 'active'
    case 'approval':
      return 'pending'
    case 'closed':
      return null
    default:
      return registration satisfies never
  }
}
