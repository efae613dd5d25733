import * as z from 'zod/mini'
import { idSchema } from './ids.ts'

export const Role = z.enum(['admin', 'user'])
export type Role = z.infer<typeof Role>

/** Whoever makes a request. Roles and states are read from the database, never from the cookie. */
export const Actor = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('user'),
    id: idSchema('user'),
    username: z.string(),
    role: Role,
    avatarUrl: z.nullable(z.string()),
  }),
  z.object({ type: z.literal('guest'), id: idSchema('guest'), expiresAt: z.int() }),
])
export type Actor = z.infer<typeof Actor>
export type ActorId = Actor['id']

const capabilitiesOf = {
  guest: ['chat', 'readOwnUsage', 'exportOwn'],
  user: ['chat', 'readOwnUsage', 'exportOwn', 'keepPreferences', 'changePassword'],
  admin: [
    'chat',
    'readOwnUsage',
    'exportOwn',
    'keepPreferences',
    'changePassword',
    'manageUsers',
    'manageConnections',
    'manageModels',
    'manageSettings',
    'readAudit',
  ],
} as const

export const Capability = z.enum([...capabilitiesOf.admin, 'customRequest', 'manageOwnKeys'])
export type Capability = z.infer<typeof Capability>

/** The settings some capabilities depend on. */
export interface CapabilitySettings {
  'chat.customRequest': 'nobody' | 'admins' | 'users'
  'api.audience': 'admins' | 'users'
}

export function capabilitiesFor(actor: Actor, settings: CapabilitySettings): Capability[] {
  const role = actor.type === 'guest' ? 'guest' : actor.role
  const capabilities: Capability[] = [...capabilitiesOf[role]]
  const custom = settings['chat.customRequest']
  if (custom === 'users' ? role !== 'guest' : custom === 'admins' && role === 'admin') {
    capabilities.push('customRequest')
  }
  if (settings['api.audience'] === 'users' ? role !== 'guest' : role === 'admin') {
    capabilities.push('manageOwnKeys')
  }
  return capabilities
}

/** The only question anybody asks about permissions, on the server and in the page. */
export function can(actor: Actor, capability: Capability, settings: CapabilitySettings): boolean {
  return capabilitiesFor(actor, settings).includes(capability)
}
