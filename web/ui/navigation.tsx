import { useSyncExternalStore, type ComponentProps, type MouseEvent } from 'react'
import type { Id } from '#contract/ids.ts'
import type { AdminSection, PersonalSection } from './settings-address.ts'

/** Every address of the app, so that a mistyped one does not compile. */
export type Path =
  | '/'
  | '/main'
  | `/main/${Id<'conversation'>}`
  | '/main/settings'
  | '/main/admin'
  | `/main/settings/${PersonalSection}${'' | `#${string}`}`
  | `/main/admin/${AdminSection}${'' | `#${string}`}`
  | `/main/admin/users?user=${Id<'user'>}`
  | '/auth/sign-in'
  | '/auth/sign-up'
  | `/auth/${'sign-in' | 'sign-up'}?next=${string}`

interface NavigateOptions {
  /** Takes the place of the current entry, so that Back does not return to it. */
  replace?: boolean
  state?: unknown
}

const listeners = new Set<() => void>()
let mayGo: ((path: string, isBack: boolean) => boolean) | null = null

/**
 * What is asked from now on before another page is shown; null for nothing. Going back (or forward)
 * has happened by then: whoever does not want it has to restore the address.
 */
export function askBeforeGoing(guard: typeof mayGo) {
  mayGo = guard
}

/** Goes to `path`, without loading anything anew. */
export function navigate(path: Path, { replace = false, state = null }: NavigateOptions = {}) {
  if (mayGo?.(path, false) === false) return
  if (replace) history.replaceState(state, '', path)
  else history.pushState(state, '', path)
  announce()
}

function pathNow(): string {
  return location.pathname
}

function announce() {
  for (const listener of listeners) listener()
}

function onBack() {
  if (mayGo?.(pathNow(), true) !== false) announce()
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) window.addEventListener('popstate', onBack)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) window.removeEventListener('popstate', onBack)
  }
}

/** The path of the page that is shown, without the query. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, pathNow)
}

/** Where to sign in or up, so that one comes back to the page that is shown now. */
export function useSignInPath(page: 'sign-in' | 'sign-up' = 'sign-in'): Path {
  const path = usePath()
  const next = path.startsWith('/auth/') ? new URLSearchParams(location.search).get('next') : path
  return next === null || next === '/main'
    ? `/auth/${page}`
    : `/auth/${page}?next=${encodeURIComponent(next)}`
}

/** The query of the address: what a page shows of itself, for a reload and Back to bring back. */
export function useAddressQuery(): string {
  return useSyncExternalStore(subscribe, () => location.search)
}

/** The part of the page the address names, with its `#`; empty for none. */
export function useAddressHash(): string {
  return useSyncExternalStore(subscribe, () => location.hash)
}

/** Shows the same page with another query. */
export function setAddressQuery(query: string, options: NavigateOptions = {}) {
  navigate(`${pathNow()}${query && `?${query}`}` as Path, options)
}

/** What is kept in the current history entry, for state that Back should undo. */
export function useHistoryState(): unknown {
  return useSyncExternalStore(subscribe, () => history.state as unknown)
}

interface LinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  to: Path
  replace?: boolean
}

/** A link inside the app: loads nothing anew, but opens in a new tab when asked to. */
export function Link({ to, replace = false, onClick, ...rest }: LinkProps) {
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event)
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
    if (event.defaultPrevented || elsewhere || event.button !== 0) return
    event.preventDefault()
    navigate(to, { replace })
  }
  return <a {...rest} href={to} onClick={follow} />
}
