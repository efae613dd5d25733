import type { Quota } from '../contract/quotas.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { Bindings } from '../platform/env.ts'
import { countersOf, type Payer } from './counters.ts'
import { dayOf } from './quota-day.ts'
import { quotaOf, type UsedBySubject } from './quota-of.ts'

/**
 * SQL for what was used on the day `?day` of the subjects in the JSON array `?subjects`, as one
 * JSON object for `usedFrom`.
 */
export function usedSql(day: string, subjects: string): string {
  return `(select json_group_object(subject, json_object('messages', messages, 'tokens', tokens))
    from quota_usage where day = ${day} and subject in (select value from json_each(${subjects})))`
}

export function usedFrom(json: string | null | undefined): UsedBySubject {
  return JSON.parse(json ?? '{}') as UsedBySubject
}

export async function readQuota(
  env: Bindings,
  payer: Payer,
  settings: Settings,
  now: number,
): Promise<Quota> {
  const subjects = countersOf(payer, settings).map(({ subject }) => subject)
  const row = await env.DB.prepare(`select ${usedSql('?1', '?2')} as used`)
    .bind(dayOf(now, settings['quota.timeZone']), JSON.stringify(subjects))
    .first<{ used: string }>()
  return quotaOf(payer, settings, usedFrom(row?.used), now)
}
