import { auditStatement, type Author } from '../audit/record-audit.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { Bindings } from '../platform/env.ts'
import { dayOf } from '../quotas/quota-day.ts'
import { idsOfDaySql, resetAllStatement, type ResetScope } from '../quotas/reset-used.ts'
import { forgetSession } from './session-cache.ts'

export interface QuotaReset {
  scope: ResetScope
  resetUsed: boolean
  /** Own limits too; guests have none. */
  dropCustom: boolean
}

/** Lets all guests or all users begin their day anew. Answers for how many that changes something. */
export async function resetQuotas(
  env: Bindings,
  { scope, resetUsed, dropCustom }: QuotaReset,
  settings: Settings,
  { author, now }: { author: Author; now: number },
): Promise<number> {
  const day = dayOf(now, settings['quota.timeZone'])
  const dropsLimits = dropCustom && scope === 'users'
  const affected = [
    ...(resetUsed ? [idsOfDaySql(scope, '?1')] : []),
    ...(dropsLimits ? ['select id from users where limits is not null'] : []),
  ]
  if (affected.length === 0) return 0
  const [counted] = await env.DB.batch([
    env.DB.prepare(`select count(*) as reset, ?1 as day from (${affected.join(' union ')})`).bind(
      day,
    ),
    ...(resetUsed ? [resetAllStatement(env, scope, day)] : []),
    ...(dropsLimits
      ? [env.DB.prepare(`update users set limits = null where limits is not null`)]
      : []),
    auditStatement(
      env,
      {
        kind: 'quota.reset',
        target: { type: 'quota', id: null, name: scope },
        after: { ...(resetUsed && { used: 0 }), ...(dropsLimits && { limits: 'default' }) },
      },
      author,
      now,
    ),
  ])
  forgetSession()
  return (counted?.results[0] as { reset: number } | undefined)?.reset ?? 0
}
