import { deleteCookie, generateCookie, getCookie } from 'hono/cookie'
import { isId } from '../contract/ids.ts'
import { isSameSecret, keyedHash } from '../platform/crypto.ts'
import { deploymentOf, type Bindings } from '../platform/env.ts'
import type { AppContext } from '../platform/serve.ts'
import { cookieFlags, cookieName } from './cookie-flags.ts'
import type { Guest } from './guests.ts'

/** The guest of the request's cookie; null without one, and for one this server did not sign. */
export function readGuestCookie(context: AppContext, now: number): Guest | null {
  const [id, end, signature, ...more] = (getCookie(context, nameFor(context)) ?? '').split('.')
  if (!id || !end || !signature || more.length > 0) return null
  if (!isId('guest', id) || !/^\d{1,15}$/.test(end)) return null
  if (!isSameSecret(signature, signatureOf(context.env, id, end))) return null
  const expiresAt = Number(end)
  return expiresAt > now ? { type: 'guest', id, expiresAt } : null
}

export function writeGuestCookie(context: AppContext, { id, expiresAt }: Guest, now: number): void {
  const value = `${id}.${expiresAt}.${signatureOf(context.env, id, String(expiresAt))}`
  const cookie = generateCookie(nameFor(context), value, {
    ...cookieFlags(context),
    maxAge: Math.min(Math.floor((expiresAt - now) / 1_000), 34_560_000),
  })
  context.header('Set-Cookie', cookie, { append: true })
  context.set('newCookie', cookie)
}

export function clearGuestCookie(context: AppContext): void {
  deleteCookie(context, nameFor(context), cookieFlags(context))
}

function nameFor(context: AppContext): string {
  return cookieName(context, 'guest')
}

/** The secret also signs sessions, so what is signed says what it is. */
function signatureOf(env: Bindings, id: string, end: string): string {
  return keyedHash(`guest cookie:${id}.${end}`, deploymentOf(env).jwtSecret)
}
