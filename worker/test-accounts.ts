import { env } from 'cloudflare:workers'
import { SignJWT } from 'jose'
import { newId, type Id } from './contract/ids.ts'
import { hashPassword } from './platform/crypto.ts'

export const password = 'correct horse 1'
const passwordHash = hashPassword(password)
const dayMs = 86_400_000

/** An account as if it had signed up long ago: the password takes most of the time of a sign-up. */
export async function newAccount(role: 'admin' | 'user', state = 'active', name?: string) {
  const id = newId('user')
  const username = name ?? `u${id.slice(-15)}`
  await env.DB.prepare(
    `insert into users (id, username, username_key, password_hash, role, state, preferences, created_at)
     values (?1, ?2, lower(?2), ?3, ?4, ?5, '{}', ?6)`,
  )
    .bind(id, username, await passwordHash, role, state, Date.now())
    .run()
  return { id, username }
}

/** A session of a user, with its cookie. */
export async function newSession(userId: Id<'user'>, expiresInMs = dayMs) {
  const sessionId = newId('session')
  const now = Date.now()
  await env.DB.prepare(
    `insert into sessions (id, user_id, remember, user_agent, network, created_at, last_seen_at, renewed_at, expires_at)
     values (?1, ?2, 1, '', '', ?3, ?3, ?3, ?4)`,
  )
    .bind(sessionId, userId, now, now + expiresInMs)
    .run()
  return { sessionId, cookie: `__Host-session=${await tokenFor(sessionId, userId)}` }
}

export async function tokenFor(
  sessionId: string,
  userId: string,
  { secret = env.JWT_SECRET, header = {} }: { secret?: string; header?: object } = {},
): Promise<string> {
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: 'HS256', ...header })
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime('1d')
    .sign(new TextEncoder().encode(secret))
}
