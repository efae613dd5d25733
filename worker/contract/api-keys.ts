import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { idSchema } from './ids.ts'
import { listOf, listQuery } from './lists.ts'
import { visibleText } from './visible-text.ts'

/** What a key may be used for; one scope for each kind of request under /v1. */
export const KeyScope = z.enum(['chat', 'responses', 'embeddings', 'models'])
export type KeyScope = z.infer<typeof KeyScope>
export const keyScopes = KeyScope.options

/** What every key begins with, so that one that leaked is recognised. */
export const keyPrefix = 'sk-aichat-'

export const keyNameLengthMax = 60
export const keyModelsMax = 100
export const keyLimitBounds = {
  messagesPerDay: { min: 0, max: 100_000 },
  tokensPerDay: { min: 0, max: 1_000_000_000 },
  requestsPerMinute: { min: 1, max: 10_000 },
} as const

const limitWithin = ({ min, max }: { min: number; max: number }) =>
  z.nullable(z.int().check(z.gte(min), z.lte(max)))

/**
 * What a key may use up, on top of what its owner may. Null adds no limit; to requests a minute
 * that of the installation applies then.
 */
const limits = {
  messagesPerDay: limitWithin(keyLimitBounds.messagesPerDay),
  tokensPerDay: limitWithin(keyLimitBounds.tokensPerDay),
  requestsPerMinute: limitWithin(keyLimitBounds.requestsPerMinute),
}
export const KeyLimits = z.object(limits)
export type KeyLimits = z.infer<typeof KeyLimits>

const KeyName = visibleText(keyNameLengthMax)
const isWithoutRepeats = (values: readonly string[]) => new Set(values).size === values.length
const KeyScopes = z
  .array(KeyScope)
  .check(z.minLength(1), z.refine(isWithoutRepeats, 'Each scope once.'))
/** The models a key may use, of those its owner may; null is all of them. */
const KeyModels = z.nullable(
  z
    .array(idSchema('model'))
    .check(z.maxLength(keyModelsMax), z.refine(isWithoutRepeats, 'Each model once.')),
)
/** The last moment of a Date. */
const momentMax = 8_640_000_000_000_000
const Expiry = z.nullable(z.int().check(z.gte(0), z.lte(momentMax)))

export const ApiKey = z.object({
  id: idSchema('key'),
  name: z.string(),
  /** Its beginning and its last four characters; the rest is stored nowhere. */
  hint: z.string(),
  scopes: z.array(KeyScope),
  modelIds: z.nullable(z.array(idSchema('model'))),
  limits: KeyLimits,
  /** Null never expires. */
  expiresAt: z.nullable(z.int()),
  /** At most a minute old; null has never been used. */
  lastUsedAt: z.nullable(z.int()),
  createdAt: z.int(),
  /** Told to administrators who look at everybody's. */
  owner: z.optional(z.object({ id: idSchema('user'), username: z.string() })),
})
export type ApiKey = z.infer<typeof ApiKey>

/** The only reply that holds the key itself. */
export const NewApiKey = z.extend(ApiKey, { secret: z.string() })
export type NewApiKey = z.infer<typeof NewApiKey>

const own = { audience: 'user', capability: 'manageOwnKeys' } as const
const admin = { audience: 'user', capability: 'manageUsers' } as const

/** One's own, newest first; with `all`, which is for administrators, everybody's or those of an owner. */
export const listApiKeys = endpoint({
  ...own,
  method: 'GET',
  path: '/api/api-keys',
  query: z.object({
    ...listQuery,
    all: z.optional(z.literal('1')),
    ownerId: z.optional(idSchema('user')),
  }),
  reply: listOf(ApiKey),
})

export const createApiKey = endpoint({
  ...own,
  method: 'POST',
  path: '/api/api-keys',
  body: z.strictObject({
    name: KeyName,
    expiresAt: z._default(Expiry, null),
    scopes: z._default(KeyScopes, [...keyScopes]),
    modelIds: z._default(KeyModels, null),
    limits: z._default(z.partial(z.strictObject(limits)), {}),
  }),
  reply: NewApiKey,
  status: 201,
})

export const updateApiKey = endpoint({
  ...own,
  method: 'PATCH',
  path: '/api/api-keys/:id',
  body: z.partial(
    z.strictObject({
      name: KeyName,
      expiresAt: Expiry,
      modelIds: KeyModels,
      limits: z.partial(z.strictObject(limits)),
    }),
  ),
  reply: ApiKey,
})

/** The key stops working within 5 s. */
export const revokeApiKey = endpoint({ ...own, method: 'DELETE', path: '/api/api-keys/:id' })

export const listUserApiKeys = endpoint({
  ...admin,
  method: 'GET',
  path: '/api/users/:id/api-keys',
  query: z.object(listQuery),
  reply: listOf(ApiKey),
})

export const revokeUserApiKey = endpoint({
  ...admin,
  method: 'DELETE',
  path: '/api/users/:id/api-keys/:keyId',
})
