import type { Id } from '../contract/ids.ts'
import type { ModelName } from '../contract/parts.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { countersOf, type Counter, type Payer } from '../quotas/counters.ts'
import { dayOf } from '../quotas/quota-day.ts'
import { quotaOf, type UsedBySubject } from '../quotas/quota-of.ts'
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
  /** Absent for a call that ends with its caller. */
  kept?: KeptCall
  settings: Settings
  now: number
}

/** How long a call is kept, and by what it is known when it comes again. */
export interface KeptCall {
  /** Whether its caller may have it back by its id. */
  isStored: boolean
  repeat: Repeat | null
  expiresAt: number
}

/** Keyed hashes of an Idempotency-Key and of what was asked with it. */
export interface Repeat {
  key: string
  fingerprint: string
}

/** For how long an Idempotency-Key stands for one call. */
export const repeatMs = 86_400_000

/** A budget of tokens a day: how many there are, and how many are left. */
export interface TokenBudget {
  limit: number
  remaining: number
}

/** The call's id, which is that of an earlier call where this one repeats it, and what is left. */
export interface ReservedCall {
  id: Id<'response'>
  /** The tightest of those that hold the caller; null where there is none. */
  budget: TokenBudget | null
}

interface After {
  isMine: number
  used: string
  earlier: string | null
}

/**
 * Takes the unit of a call and makes its record; or refuses `quota_exceeded` or
 * `token_budget_exceeded` and leaves no row. One statement decides, as for a message in a chat. A
 * call that was made before takes nothing; refuses `id_conflict` where it asked for something else.
 */
export async function reserveCall(env: Bindings, call: CallToReserve): Promise<ReservedCall> {
  const { id, payer, keyId, settings, kept, now } = call
  const counters = countersOf(payer, settings)
  const subjects = JSON.stringify(counters.map(({ subject }) => subject))
  const day = dayOf(now, settings['quota.timeZone'])
  const costs = call.costs ? 1 : 0
  const repeat = kept?.repeat ?? null
  const statements = [
    env.DB.prepare(
      `insert into generations (reply_id, kind, owner_id, key_id, conversation_id, message_id, model_id, model_name,
         connection_id, nonce, fingerprint, quota_day, quota_subjects, refunded, state, accepted_at)
       select ?1, ?2, ?3, ?4, '', '', ?5, ?6, ?7, ?1, '', ?8, ?9, 0, 'open', ?10
       where ${hasRoom({ costs: '?11', counters: '?12', day: '?8' })}
         and not exists (select 1 from kept_calls where key_id = ?4 and idempotency = ?13)`,
    ).bind(
      id,
      call.kind,
      payer.id,
      keyId,
      call.model.id,
      call.model.name,
      call.connectionId,
      day,
      subjects,
      now,
      costs,
      JSON.stringify(counters),
      repeat?.key ?? null,
    ),
    env.DB.prepare(
      taking(
        { subjects: '?2', day: '?3', costs: '?4' },
        `exists (select 1 from generations where reply_id = ?1)`,
      ),
    ).bind(id, subjects, day, costs),
    ...(kept ? keepStatements(env, call, kept) : []),
    env.DB.prepare(
      `select exists (select 1 from generations where reply_id = ?1) as isMine, ${usedSql('?3', '?2')} as used,
         (select json_object('id', id, 'fingerprint', fingerprint) from kept_calls
          where key_id = ?4 and idempotency = ?5) as earlier`,
    ).bind(id, subjects, day, keyId, repeat?.key ?? null),
  ]
  const results = await env.DB.batch(
    repeat ? [forget(env, call, repeat), ...statements] : statements,
  )
  const after = results.at(-1)?.results[0] as After
  const used = usedFrom(after.used)
  const budget = budgetOf(counters, used)
  if (after.isMine === 1) return { id, budget }
  if (repeat && after.earlier !== null) {
    const earlier = JSON.parse(after.earlier) as { id: Id<'response'>; fingerprint: string }
    if (earlier.fingerprint !== repeat.fingerprint) throw new Fault('id_conflict')
    return { id: earlier.id, budget }
  }
  const quota = quotaOf(payer, settings, used, now)
  throw new Fault(quota.blockedBy === 'tokens' ? 'token_budget_exceeded' : 'quota_exceeded', {
    quota,
    budget,
    retryAfterMs: quota.resetsAt - now,
    signInHelps: false,
  })
}

function budgetOf(counters: readonly Counter[], used: UsedBySubject): TokenBudget | null {
  const budgets = counters.flatMap(({ subject, tokensLimit: limit }) =>
    limit === null ? [] : [{ limit, remaining: Math.max(0, limit - (used[subject]?.tokens ?? 0)) }],
  )
  return budgets.toSorted((a, b) => a.remaining - b.remaining)[0] ?? null
}

/** A day later an Idempotency-Key is as good as new. */
function forget(env: Bindings, { keyId, now }: CallToReserve, { key }: Repeat) {
  return env.DB.prepare(
    `update kept_calls set idempotency = null where key_id = ?1 and idempotency = ?2 and created_at <= ?3`,
  ).bind(keyId, key, now - repeatMs)
}

function keepStatements(
  env: Bindings,
  { id, payer, keyId, now }: CallToReserve,
  { isStored, repeat, expiresAt }: KeptCall,
): D1PreparedStatement[] {
  return [
    env.DB.prepare(
      `insert into kept_calls (id, owner_id, key_id, is_stored, idempotency, fingerprint, created_at, expires_at)
       select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 where exists (select 1 from generations where reply_id = ?1)`,
    ).bind(
      id,
      payer.id,
      keyId,
      isStored ? 1 : 0,
      repeat?.key ?? null,
      repeat?.fingerprint ?? null,
      now,
      expiresAt,
    ),
  ]
}
