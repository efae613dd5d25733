import { auditStatement, ifChanged } from '../audit/record-audit.ts'
import type { Id } from '../contract/ids.ts'
import type { Quota } from '../contract/quotas.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { OwnLimits } from '../contract/users.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { dayOf } from '../quotas/quota-day.ts'
import { readQuota } from '../quotas/quota-usage.ts'
import { resetStatement } from '../quotas/reset-used.ts'
import { isStillAdmin, whyUnchanged, type Decider } from './may-change.ts'
import { forgetSession } from './session-cache.ts'
import { findUser, targetOf } from './users.ts'

type Field = keyof OwnLimits

/** `default` takes a limit of one's own away, null is none at all, an absent one stays. */
export type NewLimits = { [F in Field]?: number | null | 'default' | undefined } & {
  resetUsed?: boolean | undefined
}

/**
 * Gives a user limits of their own, and answers what they may send by these. Refuses `own_account`
 * for an administrator who would leave himself without a message.
 */
export async function setLimits(
  env: Bindings,
  userId: Id<'user'>,
  { resetUsed = false, ...limits }: NewLimits,
  settings: Settings,
  { actorId, author, now }: Decider,
): Promise<Quota> {
  if (userId === actorId && leavesNone(limits, settings)) throw new Fault('own_account')
  const user = await findUser(env, userId)
  if (user === null) throw new Fault('not_found')
  const fields = (['messagesPerDay', 'tokensPerDay'] as const).filter(
    (field) => limits[field] !== undefined && limits[field] !== textOf(user.limits?.[field]),
  )
  const quotaWith = (own: OwnLimits) =>
    readQuota(env, { id: userId, limits: own, addressSubject: null }, settings, now)
  if (fields.length === 0 && !resetUsed) return quotaWith(user.limits ?? {})
  const before = fields.map((field) => [field, textOf(user.limits?.[field])])
  const after = fields.map((field) => [field, limits[field]])
  const change = {
    kind: 'user.limits' as const,
    target: targetOf(user),
    before: Object.fromEntries(before),
    after: { ...Object.fromEntries(after), ...(resetUsed && { used: 0 }) },
  }
  const day = dayOf(now, settings['quota.timeZone'])
  const [changed] = await env.DB.batch([
    env.DB.prepare(
      `update users set limits = nullif(${limitsSql(fields, limits)}, '{}')
       where id = ?1 and ${isStillAdmin('?2')}`,
    ).bind(userId, actorId),
    auditStatement(env, change, author, now, ifChanged),
    ...(resetUsed ? [resetStatement(env, userId, day, ifChanged)] : []),
  ])
  if (!changed?.meta.changes) throw await whyUnchanged(env, userId, { actorId })
  forgetSession()
  const stored = (await findUser(env, userId)) ?? user
  return quotaWith(stored.limits ?? {})
}

function leavesNone({ messagesPerDay }: NewLimits, settings: Settings): boolean {
  const limit =
    messagesPerDay === 'default' ? settings['quota.user.messagesPerDay'] : messagesPerDay
  return typeof limit === 'number' && limit < 1
}

function textOf(limit: number | null | undefined): number | null | 'default' {
  return limit === undefined ? 'default' : limit
}

/** Field by field, so that two administrators at once undo nothing of each other. */
function limitsSql(fields: readonly Field[], limits: NewLimits): string {
  return fields.reduce((sql, field) => {
    const limit = limits[field]
    // It has passed the contract: a number, null or this one word.
    return limit === 'default'
      ? `json_remove(${sql}, '$.${field}')`
      : `json_set(${sql}, '$.${field}', json('${JSON.stringify(limit)}'))`
  }, `coalesce(limits, '{}')`)
}
