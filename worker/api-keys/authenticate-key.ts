import { can, type Actor } from '../contract/actor.ts'
import { keyPrefix, type KeyLimits, type KeyScope } from '../contract/api-keys.ts'
import type { Id } from '../contract/ids.ts'
import type { OwnLimits } from '../contract/users.ts'
import { avatarUrlOf } from '../accounts/users.ts'
import { sha256 } from '../platform/crypto.ts'
import { Fault } from '../platform/fault.ts'
import type { AppContext } from '../platform/serve.ts'
import { findKeyByHash, noteUse, type KeyRow } from './api-keys.ts'
import { cachedKey, cacheKey } from './key-cache.ts'

/** A key as a request uses it, with whoever it acts for. */
export interface KeyInUse {
  id: Id<'key'>
  name: string
  scopes: readonly KeyScope[]
  /** Null may use every model its owner may. */
  modelIds: readonly Id<'model'>[] | null
  limits: KeyLimits
  user: Extract<Actor, { type: 'user' }>
  /** The owner's own limits, where it has any. */
  ownLimits: OwnLimits
}

/** The time of the last use is kept this coarse, so that a request costs no write each time. */
const usedEveryMs = 60_000

/**
 * The key a request presents; cookies play no part. Refuses `not_signed_in` where there is none,
 * and for one that is unknown, revoked or expired, or whose owner is not active or may not have
 * keys (any more). Needs the settings of the request.
 */
export async function keyOf(context: AppContext): Promise<KeyInUse> {
  const hash = await hashIn(context.req.raw)
  const now = Date.now()
  let row = cachedKey(hash, now)
  if (row === null) {
    row = await findKeyByHash(context.env, hash)
    if (row) cacheKey(hash, row, now)
  }
  if (row === null) throw new Fault('not_signed_in')
  const inUse = toKeyInUse(row)
  const mayHaveKeys = can(inUse.user, 'manageOwnKeys', context.get('settings'))
  if (!isValid(row, now) || !mayHaveKeys) throw new Fault('not_signed_in')
  if (now - (row.key.lastUsedAt ?? 0) >= usedEveryMs) {
    row.key.lastUsedAt = now
    context.executionCtx.waitUntil(noteUse(context.env, row.key.id, now, now - usedEveryMs))
  }
  return inUse
}

const hashes = new WeakMap<Request, string>()

/** A long answer asks for its key again and again. */
async function hashIn(request: Request): Promise<string> {
  const known = hashes.get(request)
  if (known !== undefined) return known
  const secret = secretIn(request.headers)
  if (secret === null) throw new Fault('not_signed_in')
  const hash = await sha256(secret)
  hashes.set(request, hash)
  return hash
}

const form = new RegExp(`^${keyPrefix}[A-Za-z0-9_-]{43}$`)

/** The first header that holds something of the form of a key. Nothing else is looked up. */
function secretIn(headers: Headers): string | null {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(headers.get('authorization')?.trim() ?? '') ?? []
  const given = [bearer, headers.get('api-key')?.trim(), headers.get('x-api-key')?.trim()]
  return given.find((value) => value !== undefined && form.test(value)) ?? null
}

function isValid({ key, user }: KeyRow, now: number): boolean {
  return user.state === 'active' && (key.expiresAt === null || key.expiresAt > now)
}

function toKeyInUse({ key, user }: KeyRow): KeyInUse {
  const { id, name, scopes, modelIds, messagesPerDay, tokensPerDay, requestsPerMinute } = key
  const { username, role } = user
  return {
    id,
    name,
    scopes,
    modelIds,
    limits: { messagesPerDay, tokensPerDay, requestsPerMinute },
    user: { type: 'user', id: user.id, username, role, avatarUrl: avatarUrlOf(user) },
    ownLimits: user.limits ?? {},
  }
}
