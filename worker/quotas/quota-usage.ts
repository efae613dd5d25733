import { and, eq } from 'drizzle-orm'
import type { Actor, ActorId } from '../contract/actor.ts'
import type { Quota } from '../contract/quotas.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { openDb } from '../db/open.ts'
import { quotaUsage } from '../db/schema/quota-usage.ts'
import type { Bindings } from '../platform/env.ts'
import { dayOf, nextDayAt } from './quota-day.ts'

export interface Used {
  messages: number
  tokens: number
}

export function subjectOf(ownerId: ActorId): string {
  return `user:${ownerId}`
}

/** The quota of an actor who has used `used` today. */
export function quotaOf(settings: Settings, used: Used, now: number): Quota {
  const limit = settings['quota.user.messagesPerDay']
  const tokensLimit = settings['quota.user.tokensPerDay']
  const left = (max: number | null, count: number) =>
    max === null ? null : Math.max(0, max - count)
  const remaining = left(limit, used.messages)
  const tokensLeft = left(tokensLimit, used.tokens)
  return {
    scope: 'user',
    limit,
    used: used.messages,
    remaining,
    resetsAt: nextDayCached(now, settings['quota.timeZone']),
    timeZone: settings['quota.timeZone'],
    custom: false,
    tokens:
      tokensLimit === null
        ? null
        : { limit: tokensLimit, used: used.tokens, remaining: tokensLeft },
    blockedBy: remaining === 0 ? 'user' : tokensLeft === 0 ? 'tokens' : null,
  }
}

const midnights = new Map<string, number>()

/** The search for midnight formats some thirty dates; one zone has one answer for a whole day. */
function nextDayCached(now: number, timeZone: string): number {
  const key = `${dayOf(now, timeZone)} ${timeZone}`
  const known = midnights.get(key)
  if (known !== undefined) return known
  if (midnights.size > 100) midnights.clear()
  const at = nextDayAt(now, timeZone)
  midnights.set(key, at)
  return at
}

export function readQuota(
  env: Bindings,
  actor: Actor,
  settings: Settings,
  now: number,
): Promise<Quota> {
  return readQuotaOf(env, actor.id, settings, now)
}

export async function readQuotaOf(
  env: Bindings,
  ownerId: ActorId,
  settings: Settings,
  now: number,
): Promise<Quota> {
  const rows = await openDb(env)
    .select({ messages: quotaUsage.messages, tokens: quotaUsage.tokens })
    .from(quotaUsage)
    .where(
      and(
        eq(quotaUsage.subject, subjectOf(ownerId)),
        eq(quotaUsage.day, dayOf(now, settings['quota.timeZone'])),
      ),
    )
    .limit(1)
  return quotaOf(settings, rows[0] ?? { messages: 0, tokens: 0 }, now)
}
