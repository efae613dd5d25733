import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

export const QuotaScope = z.enum(['user', 'guest', 'allGuests', 'guestAddress', 'key', 'tokens'])
export type QuotaScope = z.infer<typeof QuotaScope>

/** What an actor may still send today. Null means no limit, 0 none at all. */
export const Quota = z.object({
  scope: z.enum(['user', 'guest']),
  limit: z.nullable(z.int()),
  used: z.int(),
  remaining: z.nullable(z.int()),
  resetsAt: z.int(),
  timeZone: z.string(),
  custom: z.boolean(),
  tokens: z.nullable(
    z.object({ limit: z.nullable(z.int()), used: z.int(), remaining: z.nullable(z.int()) }),
  ),
  blockedBy: z.nullable(QuotaScope),
})
export type Quota = z.infer<typeof Quota>

export const getMyQuota = endpoint({
  method: 'GET',
  path: '/api/me/quota',
  audience: 'actor',
  reply: Quota,
})

/** Today's counts of all users or all guests to 0, or every user's own limits away, or both. */
export const resetQuotas = endpoint({
  method: 'POST',
  path: '/api/quotas/reset',
  audience: 'user',
  capability: 'manageUsers',
  body: z.strictObject({
    scope: z.enum(['guests', 'users']),
    resetUsed: z._default(z.boolean(), true),
    dropCustom: z._default(z.boolean(), false),
  }),
  reply: z.object({ reset: z.int() }),
})
