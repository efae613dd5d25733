import type { Actor } from '../contract/actor.ts'
import type { AppContext } from '../platform/serve.ts'
import { cacheSession, cachedSession } from './session-cache.ts'
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './session-cookie.ts'
import { avatarUrlOf } from './users.ts'
import { expiryOf, findSession, renewSession, type SessionRow } from './sessions.ts'

const dayMs = 86_400_000
/** A session that ends with its browser is short, and so is renewed more often. */
const renewAfterMs = ({ remember }: SessionRow['session']) => (remember ? dayMs : dayMs / 24)
/** Last-seen times are kept this coarse, so that reading costs no write each time. */
const seenEveryMs = 300_000

/**
 * Finds out who calls and leaves it in the context; whether that is enough is for each route. Answers
 * the session, for `keepAlive`.
 */
export async function authenticate(context: AppContext): Promise<SessionRow | null> {
  context.set('actor', null)
  context.set('sessionId', null)
  context.set('limits', {})
  context.set('absence', 'not_signed_in')
  const claims = await readSessionCookie(context)
  if (claims === 'invalid') clearSessionCookie(context)
  if (claims === null || claims === 'invalid') return null
  const now = Date.now()
  let row = cachedSession(claims.sessionId, now)
  if (row === null) {
    row = await findSession(context.env, claims.sessionId)
    if (row) cacheSession(claims.sessionId, row, now)
  }
  if (row && isValid(row, claims.userId, now)) {
    context.set('actor', toActor(row))
    context.set('sessionId', row.session.id)
    context.set('limits', row.user.limits ?? {})
    return row
  }
  context.set('absence', 'session_ended')
  clearSessionCookie(context)
  return null
}

function isValid({ session, user }: SessionRow, userId: string, now: number): boolean {
  return session.userId === userId && session.expiresAt > now && user.state === 'active'
}

function toActor({ user }: SessionRow): Actor {
  const { id, username, role } = user
  return { type: 'user', id, username, role, avatarUrl: avatarUrlOf(user) }
}

/** Renews a cookie that is not of today; notes now and then that the session is in use. */
export async function keepAlive(context: AppContext, { session, user }: SessionRow): Promise<void> {
  const now = Date.now()
  if (now - session.renewedAt > renewAfterMs(session)) {
    const expiresAt = expiryOf(session, context.get('settings'), now)
    await renewSession(context.env, session.id, user.id, {
      lastSeenAt: now,
      renewedAt: now,
      expiresAt,
    })
    session.renewedAt = now
    await writeSessionCookie(context, {
      sessionId: session.id,
      userId: user.id,
      expiresAt,
      remember: session.remember,
    })
  } else if (now - session.lastSeenAt > seenEveryMs) {
    session.lastSeenAt = now
    context.executionCtx.waitUntil(
      renewSession(context.env, session.id, user.id, { lastSeenAt: now }),
    )
  }
}
