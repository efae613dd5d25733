import * as z from 'zod/mini'
import { AccountState, Password, User, Username } from './accounts.ts'
import { Role } from './actor.ts'
import { endpoint } from './endpoint.ts'
import { idSchema } from './ids.ts'
import { queryInt } from './lists.ts'
import { Problem } from './problems.ts'
import { Quota } from './quotas.ts'

const admin = { audience: 'user', capability: 'manageUsers' } as const

export const listUsers = endpoint({
  ...admin,
  method: 'GET',
  path: '/api/users',
  query: z.object({
    search: z.optional(z.string().check(z.maxLength(100))),
    status: z.optional(AccountState),
    role: z.optional(Role),
    sort: z.optional(z.enum(['name', 'created', 'lastSeen'])),
    page: z.optional(queryInt(1, 1_000_000)),
    pageSize: z.optional(queryInt(1, 100)),
  }),
  reply: z.object({ items: z.array(User), total: z.int(), page: z.int(), pageSize: z.int() }),
})

export const createUser = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/users',
  body: z.strictObject({
    username: Username,
    password: Password,
    role: z._default(Role, 'user'),
    status: z._default(z.enum(['active', 'pending']), 'active'),
  }),
  reply: User,
  status: 201,
})

const messagesMax = 100_000
const tokensMax = 1_000_000_000
const limitUpTo = (max: number) => z.optional(z.nullable(z.int().check(z.gte(0), z.lte(max))))

/** A user's own limits. One that is absent is the installation's; null is none. */
export const OwnLimits = z.object({
  messagesPerDay: limitUpTo(messagesMax),
  tokensPerDay: limitUpTo(tokensMax),
})
export type OwnLimits = z.infer<typeof OwnLimits>

export const UserDetails = z.extend(User, {
  quota: Quota,
  limits: OwnLimits,
  conversations: z.int(),
  messages30d: z.int(),
  tokens30d: z.int(),
  attachments: z.int(),
  sessions: z.int(),
  apiKeys: z.int(),
})
export type UserDetails = z.infer<typeof UserDetails>

export const getUser = endpoint({
  ...admin,
  method: 'GET',
  path: '/api/users/:id',
  reply: UserDetails,
})
export const updateUser = endpoint({
  ...admin,
  method: 'PATCH',
  path: '/api/users/:id',
  body: z.partial(z.strictObject({ username: Username, role: Role })),
  reply: User,
})
export const deleteUser = endpoint({ ...admin, method: 'DELETE', path: '/api/users/:id' })

export const approveUser = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/users/:id/approve',
  reply: User,
})
export const enableUser = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/users/:id/enable',
  reply: User,
})
const reason = z.optional(z.string().check(z.maxLength(200)))
export const rejectUser = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/users/:id/reject',
  body: z.strictObject({ reason }),
  reply: User,
})
export const disableUser = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/users/:id/disable',
  body: z.strictObject({ reason }),
  reply: User,
})

/** Ends all the user's sessions. */
export const setUserPassword = endpoint({
  ...admin,
  method: 'PUT',
  path: '/api/users/:id/password',
  body: z.strictObject({ password: Password }),
})
export const signOutUser = endpoint({ ...admin, method: 'POST', path: '/api/users/:id/sign-out' })

const newLimit = (max: number) =>
  z.optional(z.union([z.literal('default'), z.null(), z.int().check(z.gte(0), z.lte(max))]))

export const setUserLimits = endpoint({
  ...admin,
  method: 'PUT',
  path: '/api/users/:id/limits',
  body: z.strictObject({
    messagesPerDay: newLimit(messagesMax),
    tokensPerDay: newLimit(tokensMax),
    resetUsed: z.optional(z.boolean()),
  }),
  reply: Quota,
})

export const BulkAction = z.enum(['approve', 'reject', 'enable', 'disable', 'delete'])
export type BulkAction = z.infer<typeof BulkAction>

/** Each id has an outcome of its own. */
export const bulkUsers = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/users/bulk',
  body: z.strictObject({
    ids: z.array(idSchema('user')).check(z.minLength(1), z.maxLength(100)),
    action: BulkAction,
    reason,
  }),
  reply: z.object({
    items: z.array(
      z.object({ id: idSchema('user'), ok: z.boolean(), problem: z.optional(Problem) }),
    ),
  }),
})
