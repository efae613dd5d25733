import type { ReactVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, type RefObject } from 'react'
import type { Value } from '../api/value.ts'
import type { ConversationStore } from './conversation-store.ts'
import { newestOf } from './newest-button.tsx'
import type { MessageId } from './thread-state.ts'
import { useJumps } from './view-state.ts'

/** A reader this close to the end wants to see what comes. */
export const stickPx = 80
/** Older messages are asked for this many screens before they are needed. */
const loadAheadScreens = 3

interface ThreadScroll {
  store: ConversationStore
  thread: readonly MessageId[]
  scrollRef: RefObject<HTMLDivElement | null>
  /** What was newest when the reader left the end, null at the end; kept up to date here. */
  leftAt: Value<string | null>
  virtualizer: ReactVirtualizer<HTMLDivElement, HTMLDivElement>
}

/** Opens the thread at its end, keeps the reader there or in place, and loads what is above. */
export function useThreadScroll(scroll: ThreadScroll) {
  const { store, thread, scrollRef, leftAt, virtualizer } = scroll
  const jumps = useJumps(store)

  useLayoutEffect(() => {
    virtualizer.scrollToEnd()
    leftAt.set(null)
  }, [jumps, virtualizer, leftAt])

  useEffect(() => {
    const element = scrollRef.current
    if (!element) return
    const stop = new AbortController()
    const onScroll = () => {
      if (distanceFromEnd(element) <= stickPx) leftAt.set(null)
      else if (leftAt.get() === null) leftAt.set(newestOf(store))
      if (element.scrollTop < element.clientHeight * loadAheadScreens) {
        store.loadOlder().catch(() => {})
      }
    }
    element.addEventListener('scroll', onScroll, { passive: true, signal: stop.signal })
    // A composer that grows takes its room from the thread, whose end stays in sight.
    const resized = new ResizeObserver(() => {
      if (leftAt.get() === null) element.scrollTop = element.scrollHeight
    })
    resized.observe(element)
    return () => {
      stop.abort()
      resized.disconnect()
    }
  }, [store, scrollRef, leftAt])

  // A page may be too short to be scrolled at all.
  useEffect(() => {
    const element = scrollRef.current
    if (element && element.scrollTop < element.clientHeight * loadAheadScreens) {
      store.loadOlder().catch(() => {})
    }
  }, [thread, store, scrollRef])
}

function distanceFromEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number {
  return scrollHeight - scrollTop - clientHeight
}
