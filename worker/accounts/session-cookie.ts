import { deleteCookie, generateCookie, getCookie } from 'hono/cookie'
import { jwtVerify, SignJWT } from 'jose'
import { isId, type Id } from '../contract/ids.ts'
import type { AppContext } from '../platform/serve.ts'
import { deploymentOf } from '../platform/env.ts'
import { cookieFlags, cookieName } from './cookie-flags.ts'

export interface SessionClaims {
  sessionId: Id<'session'>
  userId: Id<'user'>
}

/**
 * The claims of the request's cookie: null without one, `invalid` when it is not one of ours. Only
 * HS256 and exactly our four claims are accepted; what they mean is for the database to say.
 */
export async function readSessionCookie(
  context: AppContext,
): Promise<SessionClaims | 'invalid' | null> {
  const token = getCookie(context, nameFor(context))
  if (!token) return null
  try {
    const { payload, protectedHeader } = await jwtVerify(
      token,
      deploymentOf(context.env).jwtSecret,
      {
        algorithms: ['HS256'],
        requiredClaims: ['sid', 'sub', 'iat', 'exp'],
      },
    )
    // A verifier accepts more than we issue: other claims, other header fields, arrays as payload.
    if (Object.keys(payload).sort().join() !== 'exp,iat,sid,sub') return 'invalid'
    if (Object.keys(protectedHeader).join() !== 'alg') return 'invalid'
    const { sid, sub } = payload
    if (!isId('session', sid) || !isId('user', sub)) return 'invalid'
    return { sessionId: sid, userId: sub }
  } catch {
    return 'invalid'
  }
}

/** Sets the cookie until `expiresAt`; without `remember` it ends with the browser. */
export async function writeSessionCookie(
  context: AppContext,
  {
    sessionId,
    userId,
    expiresAt,
    remember,
  }: SessionClaims & { expiresAt: number; remember: boolean },
): Promise<void> {
  const token = await new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime(Math.floor(expiresAt / 1_000))
    .sign(deploymentOf(context.env).jwtSecret)
  const maxAge = Math.max(0, Math.floor((expiresAt - Date.now()) / 1_000))
  const cookie = generateCookie(nameFor(context), token, {
    ...cookieFlags(context),
    ...(remember && { maxAge: Math.min(maxAge, 34_560_000) }),
  })
  context.header('Set-Cookie', cookie, { append: true })
  context.set('newCookie', cookie)
}

export function clearSessionCookie(context: AppContext): void {
  deleteCookie(context, nameFor(context), cookieFlags(context))
}

function nameFor(context: AppContext): string {
  return cookieName(context, 'session')
}
