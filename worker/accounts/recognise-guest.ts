import { newId } from '../contract/ids.ts'
import type { AppContext } from '../platform/serve.ts'
import { readGuestCookie, writeGuestCookie } from './guest-cookie.ts'
import { extendGuest, type Guest } from './guests.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/**
 * Makes whoever has no session the guest of its cookie, if guests are welcome. Where a session has
 * just ended its user is asked to sign in again, and never becomes a guest without noticing.
 */
export async function recogniseGuest(context: AppContext): Promise<void> {
  if (context.get('actor') !== null || context.get('absence') === 'session_ended') return
  if (!context.get('settings')['guests.enabled']) {
    context.set('absence', 'guests_disabled')
    return
  }
  const now = Date.now()
  const guest = readGuestCookie(context, now)
  if (guest) context.set('actor', await extended(context, guest, now))
}

/** A guest's end moves on with use, at most once an hour so that reading costs no write each time. */
async function extended(context: AppContext, guest: Guest, now: number): Promise<Guest> {
  const expiresAt = expiryAt(context, now)
  if (expiresAt - guest.expiresAt < hourMs) return guest
  const next = { ...guest, expiresAt }
  await extendGuest(context.env, next)
  writeGuestCookie(context, next, now)
  return next
}

/** A new guest for a visitor who is nobody yet; null where guests are not welcome. */
export function welcomeGuest(context: AppContext): Guest | null {
  if (context.get('absence') !== 'not_signed_in') return null
  const now = Date.now()
  const guest: Guest = {
    type: 'guest',
    id: newId('guest', now),
    expiresAt: expiryAt(context, now),
  }
  writeGuestCookie(context, guest, now)
  return guest
}

function expiryAt(context: AppContext, now: number): number {
  return now + context.get('settings')['guests.retentionDays'] * dayMs
}
