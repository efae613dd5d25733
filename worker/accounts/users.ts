import { and, asc, count, desc, eq, like, sql, type SQL } from 'drizzle-orm'
import { getAvatar, type AccountState, type User } from '../contract/accounts.ts'
import type { Role } from '../contract/actor.ts'
import { urlOf } from '../contract/endpoint.ts'
import type { Id } from '../contract/ids.ts'
import type { PreferencesPatch } from '../contract/preferences.ts'
import { openDb } from '../db/open.ts'
import { users } from '../db/schema/users.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'

type UserRow = typeof users.$inferSelect

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
    passwordHash?: string
    avatar?: string | null
  },
): Promise<void> {
  const { username, ...rest } = fields
  const renamed = username === undefined ? {} : { username, usernameKey: username.toLowerCase() }
  try {
    await openDb(env)
      .update(users)
      .set({ ...rest, ...renamed })
      .where(eq(users.id, id))
  } catch (error) {
    if (/UNIQUE constraint failed/.test(textOf(error))) throw new Fault('username_taken')
    throw error
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${textOf(error.cause)}` : ''
}

export interface UserQuery {
  search?: string | undefined
  status?: AccountState | undefined
  role?: Role | undefined
  sort?: 'name' | 'created' | 'lastSeen' | undefined
  page: number
  pageSize: number
}

/** One page for administrators; those waiting for a decision come first. */
export async function listUsers(env: Bindings, query: UserQuery) {
  const db = openDb(env)
  const where = and(...conditionsOf(query))
  const order = {
    name: asc(users.usernameKey),
    created: desc(users.createdAt),
    lastSeen: desc(users.lastSeenAt),
  }[query.sort ?? 'created']
  const [rows, totals] = await db.batch([
    db
      .select()
      .from(users)
      .where(where)
      .orderBy(sql`${users.state} = 'pending' desc`, order, desc(users.id))
      .limit(query.pageSize)
      .offset((query.page - 1) * query.pageSize),
    db.select({ total: count() }).from(users).where(where),
  ])
  return { items: rows.map(toUser), total: totals[0]?.total ?? 0 }
}

function conditionsOf({ search, status, role }: UserQuery): SQL[] {
  const conditions: SQL[] = []
  if (search) {
    const pattern = `%${search
      .toLowerCase()
      .replace(/[\\%_]/g, '\\$&')
      .slice(0, 40)}%`
    conditions.push(sql`${like(users.usernameKey, pattern)} escape '\\'`)
  }
  if (status) conditions.push(eq(users.state, status))
  if (role) conditions.push(eq(users.role, role))
  return conditions
}

export async function countPending(env: Bindings): Promise<number> {
  const rows = await openDb(env)
    .select({ total: count() })
    .from(users)
    .where(eq(users.state, 'pending'))
  return rows[0]?.total ?? 0
}
