import { findUser, toUser } from '../accounts/users.ts'
import type { Id } from '../contract/ids.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { UserDetails } from '../contract/users.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { readQuota } from '../quotas/quota-usage.ts'

const dayMs = 86_400_000

type Counts = Pick<
  UserDetails,
  'conversations' | 'messages30d' | 'tokens30d' | 'attachments' | 'sessions' | 'apiKeys'
>

/** An account with what it may do and how much it has: numbers only, never what is written there. */
export async function describeUser(
  env: Bindings,
  userId: Id<'user'>,
  settings: Settings,
  now: number,
): Promise<UserDetails> {
  const user = await findUser(env, userId)
  if (user === null) throw new Fault('not_found')
  const limits = user.limits ?? {}
  const [quota, counts] = await Promise.all([
    readQuota(env, { id: userId, limits, addressSubject: null }, settings, now),
    countOf(env, userId, now),
  ])
  return { ...toUser(user), quota, limits, ...counts }
}

async function countOf(env: Bindings, userId: Id<'user'>, now: number): Promise<Counts> {
  const row = await env.DB.prepare(
    `select
       (select count(*) from conversations where owner_id = ?1) as conversations,
       count(*) filter (where kind = 'chat') as messages30d,
       coalesce(sum(total_tokens), 0) as tokens30d,
       (select count(*) from attachments where owner_id = ?1) as attachments,
       (select count(*) from sessions where user_id = ?1 and expires_at > ?2) as sessions,
       (select count(*) from api_keys where user_id = ?1) as apiKeys
     from generations where owner_id = ?1 and accepted_at > ?3`,
  )
    .bind(userId, now, now - 30 * dayMs)
    .first<Counts>()
  if (row === null) throw new Error('A count has no row.')
  return row
}
