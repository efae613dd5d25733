import { useEffect, useRef } from 'react'
import type { Id } from '#contract/ids.ts'
import { loadSettings } from '../api/settings.ts'
import { t } from '../text/i18n.ts'
import { toast } from '../ui/toast.ts'
import { TopBar } from './app-layout.tsx'
import { Composer } from './composer.tsx'
import { QuotaLine } from './composer-lines.tsx'
import { ConversationShortcuts } from './conversation-shortcuts.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { Details, DetailsButton, useDetails } from './details.tsx'
import { DeleteMessageDialog } from './delete-message-dialog.tsx'
import { PageImages } from './images/page-images.tsx'
import { ModelButton } from './model-button.tsx'
import { ModelPickerHost } from './model-picker-host.tsx'
import { loadModels } from './models-store.ts'
import { conversationStore } from './open-conversations.ts'
import { ReplyAnnouncerHost } from './reply-announcer-host.tsx'
import { TextWords } from './text-words.tsx'
import { Thread } from './thread.tsx'
import { ThreadPlaceholder } from './thread-placeholder.tsx'
import { useAsk } from './use-ask.ts'
import { useConversationState } from './use-conversation.ts'
import { Disclaimer, Examples, WelcomeHeading } from './welcome.tsx'

interface ConversationPageProps {
  /** Null is the welcome page, whose first message begins a conversation. */
  conversationId: Id<'conversation'> | null
}

/** A conversation, or the beginning of one. Going from one to the other changes nothing in place. */
export default function ConversationPage({ conversationId }: ConversationPageProps) {
  const store = conversationStore(conversationId)
  return <Conversation key={store.id} store={store} />
}

function Conversation({ store }: { store: ConversationStore }) {
  const fieldRef = useRef<HTMLTextAreaElement>(null)
  const isWelcome = useConversationState(
    store,
    ({ status, thread }) => status.type === 'new' && thread.length === 0,
  )
  const title = useConversationState(store, (state) => state.conversation?.title ?? null)
  const details = useDetails()
  usePageData()
  useReplacedModelNotice(store)
  useEffect(() => {
    // On a touch screen a keyboard that comes up by itself hides what was opened.
    if (matchMedia('(pointer: fine)').matches) fieldRef.current?.focus({ preventScroll: true })
  }, [store])

  return (
    <TextWords>
      <TopBar>
        <ModelButton store={store} />
        <DetailsButton {...details} />
      </TopBar>
      <ConversationShortcuts store={store} fieldRef={fieldRef} />
      <div className="flex min-h-0 flex-1">
        <div className="relative flex min-w-0 flex-1 flex-col">
          {isWelcome ? (
            <WelcomeHeading />
          ) : (
            <>
              <h1 className="sr-only">{title ?? t('chat.newTitle')}</h1>
              <ThreadArea store={store} />
            </>
          )}
          <Composer store={store} fieldRef={fieldRef} />
          <div className="mx-auto w-full max-w-3xl px-5 pb-2 text-center md:px-8">
            <QuotaLine />
            {isWelcome && <Disclaimer />}
          </div>
          {isWelcome && <Examples fieldRef={fieldRef} />}
        </div>
        <Details store={store} {...details} />
      </div>
      <ModelPickerHost />
      <DeleteMessageDialog store={store} />
      <PageImages store={store} />
      <ReplyAnnouncerHost store={store} />
    </TextWords>
  )
}

function ThreadArea({ store }: { store: ConversationStore }) {
  const status = useConversationState(store, (state) => state.status)
  const hasMessages = useConversationState(store, (state) => state.thread.length > 0)
  const isShown = hasMessages && (status.type === 'ready' || status.type === 'new')
  return isShown ? <Thread store={store} /> : <ThreadPlaceholder store={store} status={status} />
}

/** What the page needs beside the conversation; none of it holds the first message back. */
function usePageData() {
  useEffect(() => {
    void loadModels()
    loadSettings().catch(() => {})
  }, [])
}

/** Says once that another model answers than the one that was chosen. */
function useReplacedModelNotice(store: ConversationStore) {
  const { model, isReplacement } = useAsk(store)
  const label = isReplacement ? model?.label : undefined
  useEffect(() => {
    if (label) toast(t('chat.modelReplaced', { model: label }))
  }, [label])
}
