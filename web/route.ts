import { isId, type Id } from '#contract/ids.ts'
import type { Path } from './ui/navigation.tsx'
import {
  isAdminSection,
  isPersonalSection,
  type SettingsGroup,
  type SettingsSection,
} from './ui/settings-address.ts'

/** What a path shows. */
export type Route =
  | { page: 'chat'; conversationId: Id<'conversation'> | null }
  | { page: 'settings'; group: SettingsGroup; section: SettingsSection | null }
  | { page: 'sign-in' }
  | { page: 'sign-up' }
  | { page: 'start' }
  /** An address of earlier releases. */
  | { page: 'moved'; to: Path }
  | { page: 'unknown' }

/** The page of `path`; anything not in the list is `unknown`, never a guess. */
export function routeOf(path: string): Route {
  const [root, ...rest] = path.replace(/\/+$/, '').split('/').slice(1)
  if (path === '/') return { page: 'start' }
  if (root === 'auth' && rest.length === 1) {
    if (rest[0] === 'sign-in') return { page: 'sign-in' }
    if (rest[0] === 'sign-up') return { page: 'sign-up' }
  }
  if (root !== 'main') return { page: 'unknown' }
  const [name, section, ...more] = rest
  if (more.length > 0) return { page: 'unknown' }
  if (name === undefined) return { page: 'chat', conversationId: null }
  if (name === 'settings' || name === 'admin') return settingsRoute(name, section)
  if (section === undefined && isId('conversation', name)) {
    return { page: 'chat', conversationId: name }
  }
  return { page: 'unknown' }
}

function settingsRoute(group: SettingsGroup, section: string | undefined): Route {
  if (section === undefined) return { page: 'settings', group, section: null }
  const isSection = group === 'admin' ? isAdminSection : isPersonalSection
  if (isSection(section)) return { page: 'settings', group, section }
  const hasMoved = ['connections', 'models', 'users'].includes(section)
  return hasMoved ? { page: 'moved', to: `/main/admin/${section}` as Path } : { page: 'unknown' }
}

interface Visitor {
  /** A guest may chat without an account; `nobody` has yet to sign in, or to say that they are one. */
  kind: 'user' | 'guest' | 'nobody'
  /** There is no account yet, so the first one has to be made. */
  isFirst: boolean
}

/** Where a visitor of `path` belongs instead; null: right here. */
export function redirectOf(path: string, search: string, visitor: Visitor): Path | null {
  const { kind, isFirst } = visitor
  const route = routeOf(path)
  if (route.page === 'moved') return route.to
  const { page } = route
  if (page === 'start') return '/main'
  if (page === 'unknown') return null
  const isAuth = page === 'sign-in' || page === 'sign-up'
  if (kind === 'user') return isAuth ? nextOf(search) : null
  if (isFirst) return page === 'sign-up' ? null : '/auth/sign-up'
  if (isAuth || (kind === 'guest' && isForGuests(route))) return null
  return path === '/main' ? '/auth/sign-in' : `/auth/sign-in?next=${encodeURIComponent(path)}`
}

/** Of the settings a guest has but what a browser can keep. */
function isForGuests(route: Route): boolean {
  if (route.page !== 'settings') return true
  const { group, section } = route
  return group === 'settings' && (!section || section === 'preferences' || section === 'about')
}

/** The page to show after signing in. Only pages of this app count, never another address. */
export function nextOf(search: string): Path {
  const next = new URLSearchParams(search).get('next') ?? ''
  const { page } = routeOf(next)
  const isPage = page === 'chat' || page === 'settings' || page === 'moved'
  return isPage ? (next as Path) : '/main'
}
