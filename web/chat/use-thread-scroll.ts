import type { ReactVirtualizer, VirtualItem } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import type { Value } from '../api/value.ts'
import type { ConversationStore } from './conversation-store.ts'
import { newestOf } from './newest-button.tsx'
import type { MessageId } from './thread-state.ts'
import { readAhead } from './read-ahead.ts'
import { useTarget } from './view-state.ts'

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
  const target = useTarget(store)
  const openedWith = useRef(target)

  useLayoutEffect(() => {
    // Coming back to a thread is coming to its end, whatever it was told to show before.
    const { show } = target === openedWith.current ? { show: 'end' as const } : target
    if (show === 'end') {
      virtualizer.scrollToEnd()
      leftAt.set(null)
      return
    }
    const index = store.get().thread.indexOf(show)
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' })
  }, [target, virtualizer, leftAt, store])

  useLayoutEffect(() => {
    // oxlint-disable-next-line react/immutability -- the only way the library is told
    virtualizer.shouldAdjustScrollPositionOnItemSizeChange = keepsPlace
  }, [virtualizer])

  useEffect(() => {
    const element = scrollRef.current
    if (!element) return
    const stop = new AbortController()
    const readAround = readAhead(store)
    const onScroll = () => {
      const { range } = virtualizer
      if (range) readAround(range.startIndex, range.endIndex)
      if (distanceFromEnd(virtualizer) <= stickPx) leftAt.set(null)
      else if (leftAt.get() === null) leftAt.set(newestOf(store))
      loadIfNear(store, virtualizer)
    }
    onScroll()
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
  }, [store, scrollRef, leftAt, virtualizer])

  // A page may be too short to be scrolled at all.
  useEffect(() => loadIfNear(store, virtualizer), [thread, store, virtualizer])
}

/**
 * Whether a row's change of height is to be made up for by scrolling, so that what is being read
 * stays where it is: in every direction, as rows are also measured again above the reader.
 */
function keepsPlace(
  { key, start, end }: VirtualItem,
  _delta: number,
  { scrollOffset, itemSizeCache }: { scrollOffset: number | null; itemSizeCache: Map<Key, number> },
): boolean {
  const isFirst = !itemSizeCache.has(key)
  return (isFirst ? start : end) < (scrollOffset ?? 0) + 1
}

type Key = VirtualItem['key']
type Scroll = Pick<ThreadScroll['virtualizer'], 'scrollOffset' | 'scrollRect' | 'getTotalSize'>

function loadIfNear(store: ConversationStore, { scrollOffset, scrollRect }: Scroll) {
  if ((scrollOffset ?? 0) < (scrollRect?.height ?? 0) * loadAheadScreens) {
    store.loadOlder().catch(() => {})
  }
}

/** By what the virtualiser knows: asking the element would lay the page out in mid-scroll. */
function distanceFromEnd({ scrollOffset, scrollRect, getTotalSize }: Scroll): number {
  return getTotalSize() - (scrollOffset ?? 0) - (scrollRect?.height ?? 0)
}
