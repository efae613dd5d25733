import { useMemo, useState, type KeyboardEvent, type RefObject } from 'react'
import type { Id } from '#contract/ids.ts'
import type { SidebarRow } from './sidebar-rows.ts'

type ConversationId = Id<'conversation'>

interface Layout {
  rows: readonly SidebarRow[]
  offsets: readonly number[]
  /** Of a conversation's row. */
  height: number
}

/**
 * Makes a list of thousands one stop of the Tab key: arrows go from row to row, bringing the next
 * one into view (and so into being) before it is focused.
 */
export function useListKeys(
  ref: RefObject<HTMLDivElement | null>,
  { rows, offsets, height }: Layout,
  currentId: ConversationId | null,
) {
  const [focusedId, setFocusedId] = useState<ConversationId | null>(null)
  const ids = useMemo(
    () => rows.flatMap((row) => (row.type === 'conversation' ? [row.conversation.id] : [])),
    [rows],
  )
  const tabStop = [focusedId, currentId].find((id) => id !== null && ids.includes(id)) ?? ids[0]

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step || event.altKey || !(event.target as Element).matches('[data-row]')) return
    const next = tabStop && ids[ids.indexOf(tabStop) + step]
    const scroller = ref.current
    if (!next || !scroller) return
    event.preventDefault()
    setFocusedId(next)
    const at = rows.findIndex((row) => row.type === 'conversation' && row.conversation.id === next)
    reveal(scroller, offsets[at] ?? 0, height)
    requestAnimationFrame(() =>
      scroller.querySelector<HTMLElement>(`[data-id="${next}"] [data-row]`)?.focus(),
    )
  }

  return { count: ids.length, tabStop, onKeyDown, onFocus: setFocusedId }
}

function reveal(scroller: HTMLElement, top: number, height: number) {
  const above = top - height
  const below = top + 2 * height
  if (above < scroller.scrollTop) scroller.scrollTop = above
  if (below > scroller.scrollTop + scroller.clientHeight) {
    scroller.scrollTop = below - scroller.clientHeight
  }
}
