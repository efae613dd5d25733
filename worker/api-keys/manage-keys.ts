import type * as z from 'zod/mini'
import { isStillAdmin, type Decider } from '../accounts/may-change.ts'
import { findUser } from '../accounts/users.ts'
import { auditStatement, ifChanged } from '../audit/record-audit.ts'
import {
  keyPrefix,
  type ApiKey,
  type createApiKey,
  type NewApiKey,
  type updateApiKey,
} from '../contract/api-keys.ts'
import { newId, type Id } from '../contract/ids.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { sha256 } from '../platform/crypto.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import {
  findKeyOf,
  insertKeyStatement,
  toApiKey,
  updateKeyStatement,
  type KeyChange,
  type KeyColumns,
} from './api-keys.ts'
import { forgetKeys } from './key-cache.ts'

type NewKey = z.infer<NonNullable<typeof createApiKey.body>>
type KeyPatch = z.infer<NonNullable<typeof updateApiKey.body>>
type Field = keyof KeyChange

/**
 * Makes a key for its maker. The reply is the only place where the key itself ever is. Refuses
 * `conflict` at `api.keysPerUserMax`, inside the writing statement.
 */
export async function createKey(
  env: Bindings,
  { limits, ...input }: NewKey,
  settings: Settings,
  { actorId, author, now }: Decider,
): Promise<NewApiKey> {
  requireFuture(input.expiresAt, now)
  const secret = newSecret()
  const key: KeyColumns = {
    ...input,
    id: newId('key', now),
    userId: actorId,
    hash: await sha256(secret),
    ending: secret.slice(-4),
    messagesPerDay: limits.messagesPerDay ?? null,
    tokensPerDay: limits.tokensPerDay ?? null,
    requestsPerMinute: limits.requestsPerMinute ?? null,
    lastUsedAt: null,
    createdAt: now,
  }
  const max = settings['api.keysPerUserMax']
  const { name, scopes, modelIds, expiresAt, messagesPerDay, tokensPerDay, requestsPerMinute } = key
  const told = recordOf({ modelIds, expiresAt, messagesPerDay, tokensPerDay, requestsPerMinute })
  const after = { name, scopes, ...withoutNulls(told) }
  const [stored] = await env.DB.batch([
    insertKeyStatement(env, key, max),
    auditStatement(
      env,
      { kind: 'key.create', target: targetOf(key), after },
      author,
      now,
      ifChanged,
    ),
  ])
  if (!stored?.meta.changes) throw new Fault('conflict', { state: 'full', max })
  return { ...toApiKey(key), secret }
}

/** Changes what is given of a key of one's own. Refuses `not_found`. */
export async function updateKey(
  env: Bindings,
  id: Id<'key'>,
  { limits, ...patch }: KeyPatch,
  { actorId, author, now }: Decider,
): Promise<ApiKey> {
  const key = await findKeyOf(env, actorId, id)
  if (key === null) throw new Fault('not_found')
  const change = differing(key, { ...patch, ...limits })
  if (Object.keys(change).length === 0) return toApiKey(key)
  if (change.expiresAt !== undefined) requireFuture(change.expiresAt, now)
  const before = Object.fromEntries(
    Object.keys(change).map((field) => [field, key[field as Field]]),
  )
  const [changed] = await env.DB.batch([
    updateKeyStatement(env, key, change),
    auditStatement(
      env,
      {
        kind: 'key.update',
        target: targetOf(key),
        before: recordOf(before),
        after: recordOf(change),
      },
      author,
      now,
      ifChanged,
    ),
  ])
  if (!changed?.meta.changes) throw new Fault('not_found')
  forgetKeys()
  return toApiKey({ ...key, ...change })
}

/**
 * Ends a key of `userId`, everywhere within 5 s. Refuses `not_found`, and `forbidden` where that is
 * somebody else and whoever asks is no administrator any more.
 */
export async function revokeKey(
  env: Bindings,
  userId: Id<'user'>,
  id: Id<'key'>,
  { actorId, author, now }: Decider,
): Promise<void> {
  const key = await findKeyOf(env, userId, id)
  if (key === null) throw new Fault('not_found')
  const owner = userId === actorId ? null : await findUser(env, userId)
  const [revoked] = await env.DB.batch([
    env.DB.prepare(
      `delete from api_keys where id = ?1 and user_id = ?2 and (?3 = ?2 or ${isStillAdmin('?3')})`,
    ).bind(id, userId, actorId),
    auditStatement(
      env,
      {
        kind: 'key.delete',
        target: targetOf(key),
        before: { ...(owner && { owner: owner.username }), scopes: key.scopes },
      },
      author,
      now,
      ifChanged,
    ),
  ])
  forgetKeys()
  if (revoked?.meta.changes) return
  const isGone = (await findKeyOf(env, userId, id)) === null
  throw isGone ? new Fault('not_found') : new Fault('forbidden', { capability: 'manageUsers' })
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(43))
  // 64 characters divide 256, so each is as likely.
  return keyPrefix + Array.from(bytes, (byte) => alphabet.charAt(byte % 64)).join('')
}

function requireFuture(expiresAt: number | null, now: number): void {
  if (expiresAt === null || expiresAt > now) return
  throw new Fault('invalid_request', {
    errors: [{ path: 'expiresAt', message: 'Must be in the future.' }],
  })
}

function targetOf({ id, name }: Pick<KeyColumns, 'id' | 'name'>) {
  return { type: 'key', id, name }
}

/** What is given and not already so. */
function differing(key: KeyColumns, given: { [F in Field]?: KeyChange[F] | undefined }): KeyChange {
  const fields = (Object.keys(given) as Field[]).filter(
    (field) =>
      given[field] !== undefined && JSON.stringify(given[field]) !== JSON.stringify(key[field]),
  )
  return Object.fromEntries(fields.map((field) => [field, given[field]]))
}

/** In a record it is enough how many models a key may use; null is all. */
function recordOf({ modelIds, ...rest }: KeyChange): Record<string, unknown> {
  return modelIds === undefined ? rest : { ...rest, models: modelIds?.length ?? null }
}

function withoutNulls(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))
}
