import * as z from 'zod/mini'

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
