import { capabilitiesFor, type Actor, type CapabilitySettings } from '../contract/actor.ts'
import type { Endpoint } from '../contract/endpoint.ts'

export type Callers = 'Everybody' | 'Users and guests' | 'Users' | 'Administrators'

const nobody = { username: '', avatarUrl: null } as const
/** Those who may have an endpoint's capability, the least of them first. */
const ranks: [Callers, Actor][] = [
  ['Users and guests', { type: 'guest', id: 'gst_', expiresAt: 0 }],
  ['Users', { type: 'user', id: 'usr_', role: 'user', ...nobody }],
  ['Administrators', { type: 'user', id: 'usr_', role: 'admin', ...nobody }],
]
const generous: CapabilitySettings = { 'chat.customRequest': 'users', 'api.audience': 'users' }

/** Who may call an endpoint, where the settings are as generous as can be. */
export function callersOf({
  audience,
  capability,
}: Pick<Endpoint<string, unknown, unknown, unknown>, 'audience' | 'capability'>): Callers {
  if (audience === 'public') return 'Everybody'
  const least = ranks.find(
    ([, actor]) =>
      (audience === 'actor' || actor.type === 'user') &&
      (capability === undefined || capabilitiesFor(actor, generous).includes(capability)),
  )
  return least?.[0] ?? 'Administrators'
}

/** By which of the security schemes they show who they are; none where nobody is asked. */
export function securityOf(callers: Callers): Record<string, string[]>[] {
  if (callers === 'Everybody') return []
  return callers === 'Users and guests' ? [{ session: [] }, { guest: [] }] : [{ session: [] }]
}
