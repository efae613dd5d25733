import { MessageSquareOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useIsGuest } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { useSignInPath } from '../ui/navigation.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import type { ConversationStatus } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { drafts } from './drafts.ts'
import { conversationStore } from './open-conversations.ts'

interface ThreadPlaceholderProps {
  store: ConversationStore
  status: ConversationStatus
}

/** What stands where the messages would be, as long as there are none to show. */
export function ThreadPlaceholder({ store, status }: ThreadPlaceholderProps) {
  switch (status.type) {
    case 'loading':
      return <Loading />
    case 'new':
    case 'ready':
      return <div className="flex-1" />
    case 'gone':
      return (
        <Centred>
          <EmptyState
            icon={<MessageSquareOff aria-hidden className="size-6" />}
            title={t('chat.gone')}
            action={<BeginLink store={store} />}
          >
            {t('chat.goneText')}
          </EmptyState>
        </Centred>
      )
    case 'unreadable':
      if (status.problem?.code === 'not_found') {
        return (
          <Centred>
            <Missing store={store} />
          </Centred>
        )
      }
      return (
        <Centred>
          <ErrorState
            title={t('chat.unreadable')}
            detail={status.problem?.detail ?? t('error.offline')}
            action={<Button onClick={() => void store.load()}>{t('common.retry')}</Button>}
          />
        </Centred>
      )
    default:
      return status satisfies never
  }
}

function Centred({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1 items-center justify-center overflow-y-auto">
      {children}
    </div>
  )
}

function Missing({ store }: { store: ConversationStore }) {
  const isGuest = useIsGuest()
  const signInPath = useSignInPath()
  return (
    <EmptyState
      icon={<MessageSquareOff aria-hidden className="size-6" />}
      title={t('chat.missing')}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          {isGuest && (
            <LinkButton to={signInPath} variant="primary">
              {t('signIn.submit')}
            </LinkButton>
          )}
          <BeginLink store={store} />
        </div>
      }
    >
      {isGuest ? t('chat.missingGuest') : t('chat.missingText')}
    </EmptyState>
  )
}

function BeginLink({ store }: { store: ConversationStore }) {
  return (
    <LinkButton
      to="/main"
      onClick={() => drafts.move(store.draftKey(), conversationStore(null).draftKey())}
    >
      {t('chat.begin')}
    </LinkButton>
  )
}

/** At the end of the area, where the messages will appear. */
function Loading() {
  return (
    <div
      role="status"
      aria-label={t('chat.loading')}
      className="flex min-h-0 flex-1 flex-col justify-end overflow-hidden"
    >
      <div className="mx-auto w-full max-w-3xl space-y-4 px-4 pb-10 md:px-6">
        <Skeleton className="ml-auto h-11 w-2/5 rounded-2xl" />
        <Skeleton className="h-4 w-11/12" />
        <Skeleton className="h-4 w-4/5" />
        <Skeleton className="h-4 w-3/5" />
        <Skeleton className="ml-auto h-11 w-1/3 rounded-2xl" />
        <Skeleton className="h-4 w-5/6" />
        <Skeleton className="h-4 w-2/3" />
      </div>
    </div>
  )
}
