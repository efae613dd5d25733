import * as z from 'zod/mini'
import { Actor, Capability, Role } from './actor.ts'
import { endpoint } from './endpoint.ts'
import { idSchema } from './ids.ts'
import { imageLimits } from './image-limits.ts'
import { PreferencesPatch, Preferences } from './preferences.ts'
import { Quota } from './quotas.ts'

export const usernamePattern = /^[A-Za-z0-9_]{3,20}$/
export const passwordLengthMin = 8
export const passwordLengthMax = 128

export const Username = z
  .string()
  .check(z.trim(), z.regex(usernamePattern, '3 to 20 letters, digits or _.'))
// Longer than any valid password so that the answer can be `weak_password`, yet bounded.
export const Password = z.string().check(z.maxLength(1_000))

export const AccountState = z.enum(['pending', 'active', 'rejected', 'disabled'])
export type AccountState = z.infer<typeof AccountState>

export const User = z.object({
  id: idSchema('user'),
  username: z.string(),
  role: Role,
  state: AccountState,
  note: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  createdAt: z.int(),
  decidedAt: z.nullable(z.int()),
  decidedBy: z.nullable(idSchema('user')),
  lastSeenAt: z.nullable(z.int()),
  avatarUrl: z.nullable(z.string()),
})
export type User = z.infer<typeof User>

export const Me = z.object({
  actor: z.nullable(Actor),
  capabilities: z.array(Capability),
  quota: z.nullable(Quota),
  preferences: z.nullable(Preferences),
  pendingUsers: z.optional(z.int()),
  settingsRevision: z.int(),
  serverTime: z.int(),
})
export type Me = z.infer<typeof Me>

export const signUp = endpoint({
  method: 'POST',
  path: '/api/auth/sign-up',
  audience: 'public',
  body: z.strictObject({
    username: Username,
    password: Password,
    note: z.optional(z.string().check(z.maxLength(200))),
    setupToken: z.optional(z.string().check(z.maxLength(200))),
    keepGuestConversations: z._default(z.boolean(), true),
  }),
  reply: z.object({ user: User, signedIn: z.boolean() }),
  status: 201,
})

export const signIn = endpoint({
  method: 'POST',
  path: '/api/auth/sign-in',
  audience: 'public',
  body: z.strictObject({
    username: z.string().check(z.maxLength(100)),
    password: Password,
    remember: z._default(z.boolean(), true),
    keepGuestConversations: z._default(z.boolean(), true),
  }),
  reply: Me,
})

export const signOut = endpoint({ method: 'POST', path: '/api/auth/sign-out', audience: 'actor' })

export const Session = z.object({
  id: idSchema('session'),
  createdAt: z.int(),
  lastSeenAt: z.int(),
  userAgent: z.string(),
  address: z.string(),
  current: z.boolean(),
})
export type Session = z.infer<typeof Session>

export const listSessions = endpoint({
  method: 'GET',
  path: '/api/auth/sessions',
  audience: 'user',
  reply: z.object({ items: z.array(Session) }),
})
export const revokeSession = endpoint({
  method: 'DELETE',
  path: '/api/auth/sessions/:id',
  audience: 'user',
})
/** All sessions but the caller's own. */
export const revokeOtherSessions = endpoint({
  method: 'DELETE',
  path: '/api/auth/sessions',
  audience: 'user',
})
export const changePassword = endpoint({
  method: 'PUT',
  path: '/api/auth/password',
  audience: 'user',
  capability: 'changePassword',
  body: z.strictObject({ current: Password, next: Password }),
})

export const getMe = endpoint({ method: 'GET', path: '/api/me', audience: 'public', reply: Me })
export const updateMe = endpoint({
  method: 'PATCH',
  path: '/api/me',
  audience: 'user',
  body: z.partial(z.strictObject({ username: Username, preferences: PreferencesPatch })),
  reply: Me,
})
/** The account and all it owns. Refuses `last_admin`. */
export const deleteMe = endpoint({
  method: 'DELETE',
  path: '/api/me',
  audience: 'user',
  body: z.strictObject({ password: Password }),
})
/** Every conversation of the caller, whole, as one file. */
export const exportOwn = endpoint({
  method: 'GET',
  path: '/api/export',
  audience: 'actor',
  capability: 'exportOwn',
  query: z.object({ format: z.optional(z.enum(['json'])) }),
})

/** The picture that stands for an account: png, jpeg or webp, cut to a square by the browser. */
export const setAvatar = endpoint({
  method: 'PUT',
  path: '/api/me/avatar',
  audience: 'user',
  form: true,
  bytesMax: imageLimits.portraitBytesMax,
  reply: Me,
})
export const deleteAvatar = endpoint({ method: 'DELETE', path: '/api/me/avatar', audience: 'user' })
/** One's own, or anybody's for administrators. */
export const getAvatar = endpoint({
  method: 'GET',
  path: '/api/users/:id/avatar',
  audience: 'user',
  query: z.object({ v: z.optional(z.string()) }),
})
