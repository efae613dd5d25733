import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useBranding, useFollowBranding } from './api/branding.ts'
import { useMe } from './api/me.ts'
import { useValue } from './api/value.ts'
import { AccountMenu } from './accounts/account-menu.tsx'
import { knownAccountValue } from './accounts/known-account.ts'
import { sessionEndedValue } from './accounts/session-store.ts'
import { useFollowPendingUsers } from './admin/follow-pending-users.ts'
import { AppLayout } from './chat/app-layout.tsx'
import { keepConversations, setOpenConversation } from './chat/conversations-store.ts'
import { PageBoundary } from './page-boundary.tsx'
import { usePageTitle } from './page-title.ts'
import { redirectOf, routeOf, type Route } from './route.ts'
import { loadTexts, t, useLanguage } from './text/i18n.ts'
import { navigate, usePath } from './ui/navigation.tsx'
import { useShortcut } from './ui/shortcuts.ts'
import { Spinner } from './ui/spinner.tsx'
import { Toaster } from './ui/toaster.tsx'
import { TooltipHost } from './ui/tooltip.tsx'

const loaders = {
  chat: () => import('./chat/conversation-page.tsx'),
  settings: async () => {
    const texts = [loadTexts('settings'), loadTexts('signIn')]
    const [page] = await Promise.all([import('./settings-page.tsx'), ...texts])
    return page
  },
  async 'sign-in'() {
    const [page] = await Promise.all([import('./accounts/sign-in-page.tsx'), loadTexts('signIn')])
    return page
  },
  async 'sign-up'() {
    const [page] = await Promise.all([import('./accounts/sign-up-page.tsx'), loadTexts('signIn')])
    return page
  },
}
const ConversationPage = lazy(loaders.chat)
const SettingsPage = lazy(loaders.settings)
const SignInPage = lazy(loaders['sign-in'])
const SignUpPage = lazy(loaders['sign-up'])
const NotFound = lazy(async () => ({ default: (await import('./not-found.tsx')).NotFound }))
const SessionDialog = lazy(async () => {
  const [dialog] = await Promise.all([import('./accounts/session-dialog.tsx'), loadTexts('signIn')])
  return { default: dialog.SessionDialog }
})
const ShortcutsDialog = lazy(async () => {
  const [dialog] = await Promise.all([import('./shortcuts-dialog.tsx'), loadTexts('settings')])
  return { default: dialog.ShortcutsDialog }
})

/** Begins loading what `path` shows, while who is asking is still being found out. */
export function preloadPage(path: string) {
  const { page } = routeOf(path)
  if (page === 'unknown') return
  const shown = page === 'start' ? 'chat' : page === 'moved' ? 'settings' : page
  loaders[shown]().catch(() => {})
}

/** The whole app: the page of the address, framed, and what floats above every page. */
export default function Pages() {
  useLanguage()
  const path = usePath()
  const route = routeOf(path)
  const { actor } = useMe()
  const { setup: isFirst = false } = useBranding()
  const isKnown = useValue(knownAccountValue)
  const kind = actor?.type === 'guest' && isKnown ? 'nobody' : (actor?.type ?? 'nobody')
  const redirect = redirectOf(path, location.search, { kind, isFirst })
  useEffect(() => {
    if (redirect) navigate(redirect, { replace: true })
  }, [redirect])
  usePageTitle(route)
  useFocusOnPage(route.page)
  const isEnded = useValue(sessionEndedValue)
  const isOutside = route.page === 'sign-in' || route.page === 'sign-up'
  useConversationList(isOutside ? null : (actor?.id ?? null), isEnded)
  useFollowBranding(isOutside)
  useFollowPendingUsers(route.page === 'settings' ? 'settings' : 'other')
  const [listsShortcuts, setListsShortcuts] = useState(false)
  useShortcut('listShortcuts', () => setListsShortcuts(true))
  const openId = route.page === 'chat' ? route.conversationId : null
  useEffect(() => setOpenConversation(openId), [openId])
  return (
    <>
      {!redirect && <Page route={route} />}
      {listsShortcuts && (
        <Suspense>
          <ShortcutsDialog onClose={() => setListsShortcuts(false)} />
        </Suspense>
      )}
      {isEnded && (
        <Suspense>
          <SessionDialog />
        </Suspense>
      )}
      <Toaster label={t('common.notifications')} dismissLabel={t('common.dismiss')} />
      <TooltipHost />
    </>
  )
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'chat':
    case 'settings':
      return (
        <AppLayout account={(compact) => <AccountMenu compact={compact} />}>
          <PageBoundary key={route.page}>
            <Suspense fallback={<Waiting />}>
              {route.page === 'chat' ? (
                <ConversationPage conversationId={route.conversationId} />
              ) : (
                <SettingsPage group={route.group} section={route.section} />
              )}
            </Suspense>
          </PageBoundary>
        </AppLayout>
      )
    case 'sign-in':
    case 'sign-up':
      return (
        <PageBoundary key={route.page}>
          <Suspense fallback={<Waiting />}>
            {route.page === 'sign-in' ? <SignInPage /> : <SignUpPage />}
          </Suspense>
        </PageBoundary>
      )
    case 'unknown':
      return (
        <Suspense fallback={<Waiting />}>
          <NotFound />
        </Suspense>
      )
    case 'start':
    case 'moved':
      return null
    default:
      return route satisfies never
  }
}

function Waiting() {
  return (
    <div className="flex h-full flex-1 items-center justify-center text-muted">
      <Spinner label={t('common.loading')} className="size-5" />
    </div>
  )
}

/** A new page begins where a reader of it begins, unless something on it already has focus. */
function useFocusOnPage(page: Route['page']) {
  const last = useRef(page)
  useEffect(() => {
    if (last.current === page) return
    last.current = page
    const main = document.querySelector<HTMLElement>('main')
    if (main && !main.contains(document.activeElement)) main.focus({ preventScroll: true })
  }, [page])
}

/** Keeps the list of whoever chats; an ended session pauses it. */
function useConversationList(ownerId: string | null, isEnded: boolean) {
  useEffect(() => {
    if (ownerId === null || isEnded) return
    const stop = new AbortController()
    keepConversations(ownerId, stop.signal)
    return () => stop.abort()
  }, [ownerId, isEnded])
}
