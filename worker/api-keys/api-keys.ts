import { and, desc, eq, lt } from 'drizzle-orm'
import { keyPrefix, type ApiKey } from '../contract/api-keys.ts'
import type { Id } from '../contract/ids.ts'
import { openDb } from '../db/open.ts'
import { apiKeys } from '../db/schema/api-keys.ts'
import { users } from '../db/schema/users.ts'
import type { Bindings } from '../platform/env.ts'

export type KeyColumns = typeof apiKeys.$inferSelect

/** A key and what a request needs to know of its owner, read together. */
export interface KeyRow {
  key: KeyColumns
  user: Pick<typeof users.$inferSelect, 'id' | 'username' | 'role' | 'state' | 'avatar' | 'limits'>
}

export function toApiKey(row: Omit<KeyColumns, 'hash' | 'userId'>): ApiKey {
  const { id, name, scopes, modelIds, expiresAt, lastUsedAt, createdAt } = row
  const { messagesPerDay, tokensPerDay, requestsPerMinute } = row
  return {
    id,
    name,
    hint: `${keyPrefix}…${row.ending}`,
    scopes,
    modelIds,
    limits: { messagesPerDay, tokensPerDay, requestsPerMinute },
    expiresAt,
    lastUsedAt,
    createdAt,
  }
}

export async function findKeyByHash(env: Bindings, hash: string): Promise<KeyRow | null> {
  const { id, username, role, state, avatar, limits } = users
  const rows = await openDb(env)
    .select({ key: apiKeys, user: { id, username, role, state, avatar, limits } })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(eq(apiKeys.hash, hash))
    .limit(1)
  return rows[0] ?? null
}

/** A key of this user, or null: those of others are not there. */
export async function findKeyOf(
  env: Bindings,
  userId: Id<'user'>,
  id: Id<'key'>,
): Promise<KeyColumns | null> {
  const rows = await openDb(env)
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.id, id), eq(apiKeys.userId, userId)))
    .limit(1)
  return rows[0] ?? null
}

/** Stands above every key there is: digits and letters come before it. */
export const newest: Id<'key'> = 'key_~'

export interface KeyPage {
  /** The last key of the page before, or `newest`. */
  before: Id<'key'>
  limit: number
}

/** A user's keys, newest first. */
export async function listKeysOf(
  env: Bindings,
  userId: Id<'user'>,
  { before, limit }: KeyPage,
): Promise<ApiKey[]> {
  const rows = await openDb(env)
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.userId, userId), lt(apiKeys.id, before)))
    .orderBy(desc(apiKeys.id))
    .limit(limit)
  return rows.map(toApiKey)
}

/** Everybody's keys, or those of `ownerId`, newest first and with their owners. */
export async function listAllKeys(
  env: Bindings,
  ownerId: Id<'user'> | null,
  { before, limit }: KeyPage,
): Promise<ApiKey[]> {
  const rows = await openDb(env)
    .select({ key: apiKeys, owner: { id: users.id, username: users.username } })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(and(ownerId === null ? undefined : eq(apiKeys.userId, ownerId), lt(apiKeys.id, before)))
    .orderBy(desc(apiKeys.id))
    .limit(limit)
  return rows.map(({ key, owner }) => ({ ...toApiKey(key), owner }))
}

/** For a batch: stores a key, unless its owner has `countMax` of them or is not active any more. */
export function insertKeyStatement(
  env: Bindings,
  key: KeyColumns,
  countMax: number,
): D1PreparedStatement {
  return env.DB.prepare(
    `insert into api_keys (id, user_id, name, hash, ending, scopes, model_ids, messages_per_day,
       tokens_per_day, requests_per_minute, expires_at, created_at)
     select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12
     where (select count(*) from api_keys where user_id = ?2) < ?13
       and exists (select 1 from users where id = ?2 and state = 'active')`,
  ).bind(
    key.id,
    key.userId,
    key.name,
    key.hash,
    key.ending,
    JSON.stringify(key.scopes),
    key.modelIds === null ? null : JSON.stringify(key.modelIds),
    key.messagesPerDay,
    key.tokensPerDay,
    key.requestsPerMinute,
    key.expiresAt,
    key.createdAt,
    countMax,
  )
}

/** What of a key can be changed. */
export type KeyChange = Partial<
  Pick<
    KeyColumns,
    'name' | 'expiresAt' | 'modelIds' | 'messagesPerDay' | 'tokensPerDay' | 'requestsPerMinute'
  >
>

const columnOf: Record<keyof KeyChange, string> = {
  name: 'name',
  expiresAt: 'expires_at',
  modelIds: 'model_ids',
  messagesPerDay: 'messages_per_day',
  tokensPerDay: 'tokens_per_day',
  requestsPerMinute: 'requests_per_minute',
}

/** For a batch: changes these fields of a user's key, and no others. */
export function updateKeyStatement(
  env: Bindings,
  { id, userId }: Pick<KeyColumns, 'id' | 'userId'>,
  change: KeyChange,
): D1PreparedStatement {
  const fields = Object.keys(change) as (keyof KeyChange)[]
  const set = fields.map((field, index) => `${columnOf[field]} = ?${index + 3}`)
  const values = fields.map((field) => {
    const value = change[field] ?? null
    return Array.isArray(value) ? JSON.stringify(value) : value
  })
  return env.DB.prepare(
    `update api_keys set ${set.join(', ')} where id = ?1 and user_id = ?2`,
  ).bind(id, userId, ...values)
}

/** Notes that a key is in use, unless that was noted after `unlessAfter`. */
export async function noteUse(
  env: Bindings,
  id: Id<'key'>,
  now: number,
  unlessAfter: number,
): Promise<void> {
  await env.DB.prepare(
    `update api_keys set last_used_at = ?2
     where id = ?1 and (last_used_at is null or last_used_at <= ?3)`,
  )
    .bind(id, now, unlessAfter)
    .run()
}
