import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { memo, useCallback, useRef, useState } from 'react'
import { createValue } from '../api/value.ts'
import { t } from '../text/i18n.ts'
import { Spinner } from '../ui/spinner.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { messageOf } from './conversation-state.ts'
import { estimatedHeight } from './estimated-height.ts'
import { MessageView } from './message-view.tsx'
import { NewestButton } from './newest-button.tsx'
import type { MessageId } from './thread-state.ts'
import { stickPx, useThreadScroll } from './use-thread-scroll.ts'
import { useConversationState } from './use-conversation.ts'
import { rangeWithin } from './visible-range.ts'

/** Rendered beyond either edge, so that scrolling meets finished messages. */
const overscanPx = 500

/** The active thread. Only what can be seen is mounted; the newest message is where it opens. */
export function Thread({ store }: { store: ConversationStore }) {
  const thread = useConversationState(store, (state) => state.thread)
  const loadingOlder = useConversationState(store, (state) => state.loadingOlder)
  const scrollRef = useRef<HTMLDivElement>(null)
  const [leftAt] = useState(() => createValue<string | null>(null))
  const measured = useRef<readonly VirtualItem[]>([])

  // oxlint-disable-next-line react/incompatible-library -- what it gives is used here, not memoised
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: thread.length,
    getScrollElement: () => scrollRef.current,
    getItemKey: useCallback((index: number) => thread[index] ?? index, [thread]),
    estimateSize: (index) => {
      const message = messageOf(store.get(), thread[index] as MessageId)
      return estimatedHeight(message, scrollRef.current?.clientWidth ?? innerWidth)
    },
    rangeExtractor: (range) => rangeWithin(range, measured.current, overscanPx),
    initialRect: { width: innerWidth, height: innerHeight },
    initialOffset: Number.MAX_SAFE_INTEGER,
    anchorTo: 'end',
    scrollEndThreshold: stickPx,
    paddingEnd: 24,
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
  })
  measured.current = virtualizer.measurementsCache
  useThreadScroll({ store, thread, scrollRef, leftAt, virtualizer })

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <section
        ref={scrollRef}
        aria-label={t('chat.thread')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- to scroll it by keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain ring-focus-inset [overflow-anchor:none] [scrollbar-gutter:stable_both-edges]"
      >
        {loadingOlder && <OlderSpinner />}
        <div ref={virtualizer.containerRef} className="relative w-full">
          {virtualizer.getVirtualItems().map(({ key, index }) => (
            <div
              key={key}
              data-index={index}
              ref={virtualizer.measureElement}
              className="absolute left-0 w-full contain-layout contain-style"
            >
              <ThreadRow store={store} id={key as MessageId} isLast={index === thread.length - 1} />
            </div>
          ))}
        </div>
      </section>
      <div
        aria-hidden
        className="pointer-events-none absolute inset-x-0 bottom-0 h-6 bg-linear-to-t from-surface to-transparent"
      />
      <NewestButton store={store} leftAt={leftAt} onClick={() => virtualizer.scrollToEnd()} />
    </div>
  )
}

interface ThreadRowProps {
  store: ConversationStore
  id: MessageId
  isLast: boolean
}

const ThreadRow = memo(function ThreadRow({ store, id, isLast }: ThreadRowProps) {
  const isContextStart = useConversationState(store, (state) => state.contextStart === id)
  return (
    <div className="mx-auto w-full max-w-3xl px-4 md:px-6">
      {isContextStart && <ContextLine />}
      <MessageView store={store} id={id} isLast={isLast} />
    </div>
  )
})

function ContextLine() {
  return (
    <div className="flex items-center gap-3 pt-4 text-xs text-muted" role="note">
      <span className="h-px flex-1 bg-line" />
      {t('chat.contextStart')}
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}

/** Lies over the thread, so that its coming and going moves nothing. */
function OlderSpinner() {
  return (
    <div className="pointer-events-none sticky top-2 z-10 flex h-0 justify-center text-muted">
      <Spinner label={t('chat.loadingOlder')} className="size-5" />
    </div>
  )
}
