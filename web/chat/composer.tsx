import { Suspense, useCallback, useState } from 'react'
import { useMe, usePreferences } from '../api/me.ts'
import { useSettings } from '../api/settings.ts'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import { later } from '../ui/later.ts'
import { ComposerField, type FieldRef } from './composer-field.tsx'
import { ComposerLines } from './composer-lines.tsx'
import { ComposerTools } from './composer-tools.tsx'
import { currentRunOf, isWritable } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { useConversations } from './conversations-store.ts'
import { drafts } from './drafts.ts'
import { ExpandButton } from './expand-button.tsx'
import { fitInMessage } from './images/image-fit.ts'
import { ImageInput } from './images/image-input.tsx'
import { loadImages } from './images/load-images.ts'
import { uploadState, useNextImages } from './images/use-next-images.ts'
import { lastOf, stopReply } from './message-acts.ts'
import { SendButton } from './send-button.tsx'
import { excessOf } from './message-length.ts'
import { sendObstacle, type SendSituation } from './send-obstacle.ts'
import { askNow, useAsk } from './use-ask.ts'
import { useConversationState } from './use-conversation.ts'
import { useOnline } from './use-online.ts'
import { jumpToEnd, setEditing } from './view-state.ts'

const ComposerImages = later(async () => (await loadImages()).ComposerImages)

/** Where a message is written and sent from, with how it is to be answered. */
export function Composer({ store, fieldRef }: { store: ConversationStore; fieldRef: FieldRef }) {
  const [isEmpty, setIsEmpty] = useState(() => drafts.textOf(store.draftKey()).trim() === '')
  const [excess, setExcess] = useState(0)
  const { 'chat.messageLengthMax': lengthMax } = useSettings()
  const [isExpanded, setIsExpanded] = useState(false)
  const { sendKey } = usePreferences()
  const ask = useAsk(store)
  const run = useConversationState(store, currentRunOf)
  const { images, uploads } = useNextImages(store)
  const blindModel = ask.model?.capabilities.vision === false ? ask.model.label : null
  const obstacle = useObstacle(store, {
    isEmpty: isEmpty && images.length === 0,
    excess,
    hasModel: ask.model !== null || ask.isUndecided,
    imagesSeen: images.length === 0 || blindModel === null,
    imagesFit: fitInMessage(images),
    uploads: uploadState(uploads),
  })

  const onText = useCallback(
    (text: string) => {
      setIsEmpty(text.trim() === '')
      setExcess(excessOf(text, lengthMax))
    },
    [lengthMax],
  )
  function submit() {
    const text = drafts.textOf(store.draftKey()).trim()
    if (obstacle !== null || (text === '' && images.length === 0)) return
    setIsExpanded(false)
    void store.send(text, askNow(store).options, images)
    jumpToEnd(store)
    fieldRef.current?.focus()
  }
  function toggleExpanded() {
    setIsExpanded(!isExpanded)
    fieldRef.current?.focus()
  }
  function editLast() {
    const last = lastOf(store.get(), 'user')
    if (last) setEditing(store, last.id)
    return last !== null
  }
  function onEscape() {
    if (isExpanded) setIsExpanded(false)
    else if (run) stopReply(store)
    else return false
    return true
  }

  return (
    <div
      className={classNames(
        'w-full',
        isExpanded && 'absolute inset-0 z-20 flex flex-col bg-surface pt-2',
      )}
    >
      <div
        className={classNames(
          'relative mx-auto flex w-full max-w-3xl flex-col px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:px-6',
          isExpanded && 'min-h-0 flex-1',
        )}
      >
        <ComposerLines store={store} excess={excess} />
        <form
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
          className={classNames(
            'flex flex-col rounded-3xl border border-line-strong/50 bg-raised shadow-soft transition-colors',
            'focus-within:border-line-strong',
            isExpanded && 'min-h-0 flex-1',
          )}
        >
          {images.length + uploads.items.length + uploads.unfit.length > 0 && (
            <Suspense>
              <ComposerImages
                store={store}
                images={images}
                uploads={uploads}
                blindModel={blindModel}
              />
            </Suspense>
          )}
          <ComposerField
            store={store}
            fieldRef={fieldRef}
            isExpanded={isExpanded}
            sendKey={isExpanded ? 'ctrl-enter' : sendKey}
            placeholder={
              ask.model
                ? t('composer.placeholder', { model: ask.model.label })
                : t('composer.placeholderBare')
            }
            onText={onText}
            onSend={submit}
            onEditLast={editLast}
            onEscape={onEscape}
          />
          <div className="flex items-center gap-1 px-2 pb-2">
            <ImageInput store={store} />
            <ComposerTools store={store} ask={ask} />
            <span className="flex-1" />
            <ExpandButton isExpanded={isExpanded} onToggle={toggleExpanded} />
            <SendButton obstacle={obstacle} run={run} onStop={() => stopReply(store)} />
          </div>
        </form>
      </div>
    </div>
  )
}

function useObstacle(
  store: ConversationStore,
  what: Pick<
    SendSituation,
    'isEmpty' | 'excess' | 'hasModel' | 'imagesSeen' | 'imagesFit' | 'uploads'
  >,
) {
  const isRunning = useConversationState(store, (state) => currentRunOf(state) !== null)
  const isThere = useConversationState(store, isWritable)
  const { quota } = useMe()
  const { running } = useConversations()
  const {
    'chat.concurrentRepliesMax': repliesMax = null,
    'chat.systemPromptLengthMax': instructionsMax,
  } = useSettings()
  const instructionsExcess = useConversationState(store, ({ status, chosen }) =>
    status.type === 'new' ? excessOf(chosen.systemPrompt ?? '', instructionsMax) : 0,
  )
  const isOnline = useOnline()
  return sendObstacle({
    isOnline,
    ...what,
    instructionsExcess,
    isThere,
    quota,
    repliesRunning: running.size,
    repliesMax,
    isRunning,
  })
}
