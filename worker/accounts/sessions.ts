import { and, desc, eq, gt, ne } from 'drizzle-orm'
import type { Session } from '../contract/accounts.ts'
import { newId, type Id } from '../contract/ids.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { openDb } from '../db/open.ts'
import { sessions } from '../db/schema/sessions.ts'
import { users } from '../db/schema/users.ts'
import type { Bindings } from '../platform/env.ts'

const dayMs = 86_400_000
/** A browser that is not to be remembered stays signed in this long without a request. */
const shortIdleMs = 12 * 3_600_000

/** A session and its account, read together. */
export type SessionRow = {
  session: typeof sessions.$inferSelect
  user: typeof users.$inferSelect
}

export async function findSession(env: Bindings, id: Id<'session'>): Promise<SessionRow | null> {
  const rows = await openDb(env)
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, id))
    .limit(1)
  return rows[0] ?? null
}

/** When a session renewed at `now` ends by itself. */
export function expiryOf(
  { remember, createdAt }: { remember: boolean; createdAt: number },
  settings: Settings,
  now: number,
): number {
  const idle = remember ? settings['accounts.sessionIdleDays'] * dayMs : shortIdleMs
  return Math.min(now + idle, createdAt + settings['accounts.sessionMaxDays'] * dayMs)
}

export async function insertSession(
  env: Bindings,
  input: { userId: Id<'user'>; remember: boolean; userAgent: string; network: string },
  settings: Settings,
  now: number,
) {
  const session = {
    ...input,
    id: newId('session', now),
    userAgent: input.userAgent.slice(0, 200),
    createdAt: now,
    lastSeenAt: now,
    renewedAt: now,
    expiresAt: expiryOf({ remember: input.remember, createdAt: now }, settings, now),
  }
  const db = openDb(env)
  await db.batch([
    db.insert(sessions).values(session),
    db.update(users).set({ lastSeenAt: now }).where(eq(users.id, input.userId)),
  ])
  return session
}

export async function renewSession(
  env: Bindings,
  id: Id<'session'>,
  userId: Id<'user'>,
  fields: { lastSeenAt: number; renewedAt?: number; expiresAt?: number },
): Promise<void> {
  const db = openDb(env)
  await db.batch([
    db.update(sessions).set(fields).where(eq(sessions.id, id)),
    db.update(users).set({ lastSeenAt: fields.lastSeenAt }).where(eq(users.id, userId)),
  ])
}

export async function listSessions(
  env: Bindings,
  userId: Id<'user'>,
  currentId: Id<'session'> | null,
  now: number,
): Promise<Session[]> {
  const rows = await openDb(env)
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(100)
  return rows.map(({ id, createdAt, lastSeenAt, userAgent, network }) => ({
    id,
    createdAt,
    lastSeenAt,
    userAgent,
    address: network,
    current: id === currentId,
  }))
}

/** Whether there was such a session of this user. */
export async function deleteSession(
  env: Bindings,
  id: Id<'session'>,
  userId: Id<'user'>,
): Promise<boolean> {
  const { meta } = await openDb(env)
    .delete(sessions)
    .where(and(eq(sessions.id, id), eq(sessions.userId, userId)))
  return meta.changes > 0
}

export async function deleteOtherSessions(
  env: Bindings,
  userId: Id<'user'>,
  keptId: Id<'session'> | null,
): Promise<void> {
  await openDb(env)
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), keptId === null ? undefined : ne(sessions.id, keptId)))
}
