import type { Id } from '../contract/ids.ts'
import type { OwnLimits } from '../contract/users.ts'
import type { AppContext } from '../platform/serve.ts'
import { countersOf } from '../quotas/counters.ts'
import { dayOf } from '../quotas/quota-day.ts'
import { clearGuestCookie, readGuestCookie } from './guest-cookie.ts'
import { moveGuest } from './move-guest.ts'

/**
 * Gives whoever signs in what its browser's guest has, unless it is not to `keep` it: then it stays
 * with the guest, and expires.
 */
export async function adoptGuest(
  context: AppContext,
  user: { id: Id<'user'>; limits: OwnLimits },
  keep: boolean,
): Promise<void> {
  const now = Date.now()
  const guest = readGuestCookie(context, now)
  if (guest === null || !keep) return
  const settings = context.get('settings')
  const [own] = countersOf({ ...user, addressSubject: null }, settings)
  await moveGuest(context.env, {
    guestId: guest.id,
    userId: user.id,
    day: dayOf(now, settings['quota.timeZone']),
    messagesMax: own?.limit ?? null,
  })
  clearGuestCookie(context)
}
