import { useEffect } from 'react'
import { useBranding } from './api/branding.ts'
import { useValue } from './api/value.ts'
import { finishedUnseenValue, useConversation } from './chat/conversations-store.ts'
import type { Route } from './route.ts'
import { t } from './text/i18n.ts'

/** Keeps the tab's title and icon in step with the page, the brand and unseen answers. */
export function usePageTitle(route: Route) {
  const { name, faviconUrl } = useBranding()
  const finishedUnseen = useValue(finishedUnseenValue)
  const conversation = useConversation(route.page === 'chat' ? route.conversationId : null)
  const title = [titleOf(route, conversation?.title ?? null), name].filter(Boolean).join(' · ')
  useEffect(() => {
    document.title = finishedUnseen ? `● ${title}` : title
  }, [finishedUnseen, title])
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=icon]')
    if (!link) return
    link.href = faviconUrl ?? '/favicon.svg'
    // What an image is, browsers find out themselves; the wrong type would keep them from it.
    link.type = faviconUrl ? '' : 'image/svg+xml'
  }, [faviconUrl])
}

function titleOf(route: Route, conversationTitle: string | null): string | null {
  switch (route.page) {
    case 'chat':
      return conversationTitle
    case 'settings':
      return t('sidebar.settings')
    case 'sign-in':
      return t('signIn.title')
    case 'sign-up':
      return t('signUp.title')
    case 'unknown':
      return t('error.notFoundTitle')
    case 'start':
    case 'moved':
      return null
    default:
      return route satisfies never
  }
}
