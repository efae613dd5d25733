import { eq } from 'drizzle-orm'
import { getAvatar, type AccountState, type User } from '../contract/accounts.ts'
import { urlOf } from '../contract/endpoint.ts'
import type { Id } from '../contract/ids.ts'
import type { PreferencesPatch } from '../contract/preferences.ts'
import { openDb } from '../db/open.ts'
import { users } from '../db/schema/users.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'

export type UserRow = typeof users.$inferSelect

/** Where the picture of an account is read; another picture has another address. */
export function avatarUrlOf({ id, avatar }: Pick<UserRow, 'id' | 'avatar'>): string | null {
  return avatar === null ? null : urlOf(getAvatar.path, { id }, { v: avatar.slice(0, 12) })
}

export function toUser(row: UserRow): User {
  const { id, username, role, state, note, reason, createdAt, decidedAt, decidedBy, lastSeenAt } =
    row
  return {
    id,
    username,
    role,
    state,
    note,
    reason,
    createdAt,
    decidedAt,
    decidedBy,
    lastSeenAt,
    avatarUrl: avatarUrlOf(row),
  }
}

/** An account as a record of the audit names it. */
export function targetOf({ id, username }: Pick<UserRow, 'id' | 'username'>) {
  return { type: 'user', id, name: username }
}

export async function findUser(env: Bindings, id: Id<'user'>): Promise<UserRow | null> {
  const rows = await openDb(env).select().from(users).where(eq(users.id, id)).limit(1)
  return rows[0] ?? null
}

export async function findUserByName(env: Bindings, username: string): Promise<UserRow | null> {
  const key = username.trim().toLowerCase()
  const rows = await openDb(env).select().from(users).where(eq(users.usernameKey, key)).limit(1)
  return rows[0] ?? null
}

export async function isFirstAccount(env: Bindings): Promise<boolean> {
  const rows = await openDb(env).select({ id: users.id }).from(users).limit(1)
  return rows.length === 0
}

export interface NewUser {
  id: Id<'user'>
  username: string
  passwordHash: string
  note: string | null
  /** The state of an account that is not the first one; null accepts only the first one. */
  state: AccountState | null
  now: number
}

/**
 * Stores an account and answers it. One statement decides who is first: that one becomes an active
 * administrator, exactly one of any number at the same moment. Refuses `username_taken`, and
 * `registration_closed` when only a first account would do.
 */
export async function insertUser(env: Bindings, user: NewUser): Promise<UserRow> {
  await env.DB.prepare(
    `insert into users (id, username, username_key, password_hash, role, state, note, preferences, created_at)
     select ?1, ?2, ?3, ?4,
       case when exists (select 1 from users) then 'user' else 'admin' end,
       case when exists (select 1 from users) then ?5 else 'active' end,
       ?6, '{}', ?7
     where ?5 is not null or not exists (select 1 from users)
     on conflict do nothing`,
  )
    .bind(
      user.id,
      user.username,
      user.username.toLowerCase(),
      user.passwordHash,
      user.state,
      user.note,
      user.now,
    )
    .run()
  const stored = await findUser(env, user.id)
  if (stored === null)
    throw new Fault(user.state === null ? 'registration_closed' : 'username_taken')
  return stored
}

export async function updateUser(
  env: Bindings,
  id: Id<'user'>,
  fields: {
    username?: string
    preferences?: PreferencesPatch
    avatar?: string | null
  },
): Promise<void> {
  const { username, ...rest } = fields
  const renamed = username === undefined ? {} : { username, usernameKey: username.toLowerCase() }
  await refusingTaken(
    openDb(env)
      .update(users)
      .set({ ...rest, ...renamed })
      .where(eq(users.id, id)),
  )
}

/** For a batch: another hash for a password, unless somebody has set another password meanwhile. */
export function replaceHash(
  env: Bindings,
  { id, passwordHash }: Pick<UserRow, 'id' | 'passwordHash'>,
  next: string,
): D1PreparedStatement {
  return env.DB.prepare(
    `update users set password_hash = ?3 where id = ?1 and password_hash = ?2`,
  ).bind(id, passwordHash, next)
}

/** What `writing` answers. Refuses `username_taken` where it would give one name to two accounts. */
export async function refusingTaken<T>(writing: PromiseLike<T>): Promise<T> {
  try {
    return await writing
  } catch (error) {
    if (/UNIQUE constraint failed/.test(textOf(error))) throw new Fault('username_taken')
    throw error
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${textOf(error.cause)}` : ''
}
