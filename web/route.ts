import { isId, type Id } from '#contract/ids.ts'
import type { Path, SettingsSection } from './ui/navigation.tsx'

/** What a path shows. */
export type Route =
  | { page: 'chat'; conversationId: Id<'conversation'> | null }
  | { page: 'settings'; section: SettingsSection | null }
  | { page: 'sign-in' }
  | { page: 'sign-up' }
  | { page: 'start' }
  | { page: 'unknown' }

const sections: Record<SettingsSection, true> = {
  preferences: true,
  security: true,
  about: true,
  connections: true,
  models: true,
  users: true,
}

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
  if (name === 'settings') return settingsRoute(section)
  if (section === undefined && isId('conversation', name)) {
    return { page: 'chat', conversationId: name }
  }
  return { page: 'unknown' }
}

function settingsRoute(section: string | undefined): Route {
  if (section === undefined) return { page: 'settings', section: null }
  if (Object.hasOwn(sections, section))
    return { page: 'settings', section: section as SettingsSection }
  return { page: 'unknown' }
}

interface Visitor {
  isSignedIn: boolean
  /** There is no account yet, so the first one has to be made. */
  isFirst: boolean
}

/** Where a visitor of `path` belongs instead; null: right here. */
export function redirectOf(path: string, search: string, visitor: Visitor): Path | null {
  const { isSignedIn, isFirst } = visitor
  const { page } = routeOf(path)
  if (page === 'start') return '/main'
  if (page === 'unknown') return null
  const isAuth = page === 'sign-in' || page === 'sign-up'
  if (isSignedIn) return isAuth ? nextOf(search) : null
  if (isFirst) return page === 'sign-up' ? null : '/auth/sign-up'
  if (isAuth) return null
  return path === '/main' ? '/auth/sign-in' : `/auth/sign-in?next=${encodeURIComponent(path)}`
}

/** The page to show after signing in. Only pages of this app count, never another address. */
export function nextOf(search: string): Path {
  const next = new URLSearchParams(search).get('next') ?? ''
  const { page } = routeOf(next)
  return page === 'chat' || page === 'settings' ? (next as Path) : '/main'
}
