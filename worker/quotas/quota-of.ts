import { isId } from '../contract/ids.ts'
import type { Quota } from '../contract/quotas.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { countersOf, type Payer } from './counters.ts'
import { nextDayCached } from './quota-day.ts'

export interface Used {
  messages: number
  tokens: number
}

/** What was used today, by the subject of each counter; one that is absent is at 0. */
export type UsedBySubject = Readonly<Record<string, Used>>

const nothing: Used = { messages: 0, tokens: 0 }

function left(max: number | null, used: number): number | null {
  return max === null ? null : Math.max(0, max - used)
}

function smaller(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}

/** What `payer` may still send, having used `used` today. Pure. */
export function quotaOf(payer: Payer, settings: Settings, used: UsedBySubject, now: number): Quota {
  const counters = countersOf(payer, settings)
  const rooms = counters.map(({ scope, subject, limit, tokensLimit }) => ({
    scope,
    room: left(limit, used[subject]?.messages ?? 0),
    tokens: left(tokensLimit, used[subject]?.tokens ?? 0),
  }))
  const own = used[counters[0]?.subject ?? ''] ?? nothing
  const tokensLimit = counters[0]?.tokensLimit ?? null
  const full = rooms.find(({ room }) => room === 0)
  const isOutOfTokens = rooms.some(({ tokens }) => tokens === 0)
  const { messagesPerDay, tokensPerDay } = payer.limits
  return {
    scope: isId('guest', payer.id) ? 'guest' : 'user',
    limit: counters[0]?.limit ?? null,
    used: own.messages,
    remaining: rooms.reduce<number | null>((least, { room }) => smaller(least, room), null),
    resetsAt: nextDayCached(now, settings['quota.timeZone']),
    timeZone: settings['quota.timeZone'],
    custom: messagesPerDay !== undefined || tokensPerDay !== undefined,
    tokens:
      tokensLimit === null
        ? null
        : { limit: tokensLimit, used: own.tokens, remaining: left(tokensLimit, own.tokens) },
    blockedBy: full?.scope ?? (isOutOfTokens ? 'tokens' : null),
  }
}

/** The quota once the unit of a message that produced nothing has come back. Pure. */
export function refundedQuota(quota: Quota): Quota {
  const used = Math.max(0, quota.used - 1)
  const remaining =
    quota.remaining === null ? null : smaller(left(quota.limit, used), quota.remaining + 1)
  const isStillBlocked = quota.blockedBy === 'tokens' || remaining === 0
  return { ...quota, used, remaining, blockedBy: isStillBlocked ? quota.blockedBy : null }
}
