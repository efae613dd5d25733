import type { Id } from '../contract/ids.ts'
import type { Quota } from '../contract/quotas.ts'
import type { ModelName } from '../contract/parts.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { countersOf, type Payer } from '../quotas/counters.ts'
import { dayOf } from '../quotas/quota-day.ts'
import { quotaOf } from '../quotas/quota-of.ts'
import { usedFrom, usedSql } from '../quotas/quota-usage.ts'
import { hasRoom, taking } from '../quotas/room.ts'

export interface CallToReserve {
  id: Id<'response'>
  kind: 'v1' | 'embedding'
  payer: Payer
  keyId: Id<'key'>
  model: ModelName
  connectionId: Id<'connection'>
  /** Whether it takes a unit; tokens count in any case. */
  costs: boolean
  settings: Settings
  now: number
}

/**
 * Takes the unit of a call and makes its record, and answers what is left; or refuses
 * `quota_exceeded` or `token_budget_exceeded` and leaves no row. One statement decides, as for a
 * message in a chat.
 */
export async function reserveCall(env: Bindings, call: CallToReserve): Promise<Quota> {
  const { id, payer, settings, now } = call
  const counters = countersOf(payer, settings)
  const subjects = JSON.stringify(counters.map(({ subject }) => subject))
  const day = dayOf(now, settings['quota.timeZone'])
  const costs = call.costs ? 1 : 0
  const results = await env.DB.batch([
    env.DB.prepare(
      `insert into generations (reply_id, kind, owner_id, key_id, conversation_id, message_id, model_id, model_name,
         connection_id, nonce, fingerprint, quota_day, quota_subjects, refunded, state, accepted_at)
       select ?1, ?2, ?3, ?4, '', '', ?5, ?6, ?7, ?1, '', ?8, ?9, 0, 'open', ?10
       where ${hasRoom({ costs: '?11', counters: '?12', day: '?8' })}`,
    ).bind(
      id,
      call.kind,
      payer.id,
      call.keyId,
      call.model.id,
      call.model.name,
      call.connectionId,
      day,
      subjects,
      now,
      costs,
      JSON.stringify(counters),
    ),
    env.DB.prepare(
      taking(
        { subjects: '?2', day: '?3', costs: '?4' },
        `exists (select 1 from generations where reply_id = ?1)`,
      ),
    ).bind(id, subjects, day, costs),
    env.DB.prepare(
      `select exists (select 1 from generations where reply_id = ?1) as isMine, ${usedSql('?3', '?2')} as used`,
    ).bind(id, subjects, day),
  ])
  const after = results.at(-1)?.results[0] as { isMine: number; used: string }
  const quota = quotaOf(payer, settings, usedFrom(after.used), now)
  if (after.isMine === 1) return quota
  throw new Fault(quota.blockedBy === 'tokens' ? 'token_budget_exceeded' : 'quota_exceeded', {
    quota,
    signInHelps: false,
  })
}
