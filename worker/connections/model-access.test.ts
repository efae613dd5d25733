import { expect, it } from 'vitest'
import { resolveSettings } from '../settings/resolve-settings.ts'
import { mayUse, resolvedAccess } from './model-access.ts'

const settings = resolveSettings({})

it.each([
  ['nothing', null, 'deny default', 'allow default'],
  ['an empty object', {}, 'deny default', 'allow default'],
  ['guests allowed', { guest: 'allow' }, 'allow override', 'allow default'],
  ['users denied', { user: 'deny' }, 'deny default', 'deny override'],
  ['both inherited', { guest: 'inherit', user: 'inherit' }, 'deny default', 'allow default'],
  ['one each', { guest: 'allow', user: 'deny' }, 'allow override', 'deny override'],
] as const)(
  'with %s stored, the settings decide what the model does not',
  (_, access, guest, user) => {
    const resolved = resolvedAccess(access, settings)
    expect(`${resolved.guest.decision} ${resolved.guest.source}`).toBe(guest)
    expect(`${resolved.user.decision} ${resolved.user.source}`).toBe(user)
    expect(mayUse('guest', access, settings)).toBe(guest.startsWith('allow'))
    expect(mayUse('user', access, settings)).toBe(user.startsWith('allow'))
    expect(mayUse('admin', access, settings)).toBe(true)
  },
)
