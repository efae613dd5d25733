import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { MessagesSquare } from 'lucide-react'
import type { Id } from '#contract/ids.ts'
import { errorText } from '../api/error-text.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { loadMore, useConversations } from './conversations-store.ts'
import { listOf, type ConversationsState } from './conversations-state.ts'
import { groupLabel } from './group-label.ts'
import { rowOffsets, rowsInView, sidebarRows, type SidebarRow } from './sidebar-rows.ts'
import { SidebarRowView } from './sidebar-row.tsx'
import { useRowHeights } from './use-row-heights.ts'
import { useToday } from './use-today.ts'

type ConversationId = Id<'conversation'>

export interface SidebarListProps {
  currentId: ConversationId | null
  selection: ReadonlySet<ConversationId> | null
  /** Leaves no history entry, for a sidebar that lies over the page. */
  replace: boolean
  onSelect: (id: ConversationId, selected: boolean) => void
  onDelete: (id: ConversationId) => void
}

/** All conversations by date. Only those in view are mounted, so thousands cost no more. */
export function SidebarList(props: SidebarListProps) {
  const state = useConversations()
  const { nextCursor, fault } = state
  const today = useToday()
  const rows = useMemo(() => sidebarRows(listOf(state), today), [state, today])
  if (nextCursor !== undefined && (rows.length > 0 || nextCursor !== null)) {
    return <Rows {...props} state={state} rows={rows} />
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      {nextCursor === null ? <Empty /> : fault ? <Failed fault={fault} /> : <Waiting />}
    </div>
  )
}

interface RowsProps extends SidebarListProps {
  state: ConversationsState
  rows: SidebarRow[]
}

function Rows({ state, rows, currentId, selection, replace, onSelect, onDelete }: RowsProps) {
  const ref = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 800 })
  const [focusedId, setFocusedId] = useState<ConversationId | null>(null)
  const heights = useRowHeights()
  const offsets = useMemo(() => rowOffsets(rows, heights), [rows, heights])
  const total = offsets.at(-1) ?? 0
  const { from, to } = rowsInView(offsets, view)
  const runningIn = new Set([...state.running.values()].map((reply) => reply.conversationId))
  const count = rows.filter(({ type }) => type === 'conversation').length

  const isAtEnd = to >= rows.length
  useEffect(() => {
    if (isAtEnd && state.nextCursor && !state.fault) void loadMore()
  }, [isAtEnd, state.nextCursor, state.fault])

  useEffect(() => {
    const scroller = ref.current
    if (!scroller) return
    const measure = () => setView({ top: scroller.scrollTop, height: scroller.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(scroller)
    return () => observer.disconnect()
  }, [])

  const ids = rows.flatMap((row) => (row.type === 'conversation' ? [row.conversation.id] : []))
  const tabStop = [focusedId, currentId].find((id) => id !== null && ids.includes(id)) ?? ids[0]

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step || event.altKey || !(event.target as Element).matches('[data-row]')) return
    const next = ids[ids.indexOf(tabStop as ConversationId) + step]
    const scroller = ref.current
    if (!next || !scroller) return
    event.preventDefault()
    setFocusedId(next)
    const at = rows.findIndex((row) => row.type === 'conversation' && row.conversation.id === next)
    reveal(scroller, offsets[at] ?? 0, heights.conversation)
    requestAnimationFrame(() =>
      scroller.querySelector<HTMLElement>(`[data-id="${next}"] [data-row]`)?.focus(),
    )
  }

  return (
    <div
      ref={ref}
      onScroll={({ currentTarget: { scrollTop, clientHeight } }) =>
        setView({ top: scrollTop, height: clientHeight })
      }
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2"
    >
      <ul className="relative" style={{ height: total }}>
        {rows.slice(from, to).map((row, index) => {
          const at = from + index
          const style = { top: offsets[at], height: heights[row.type] }
          if (row.type === 'group') {
            return (
              <li key={groupId(row)} style={style} className="absolute inset-x-0 flex items-end">
                <h2 className="px-2.5 pb-1.5 text-xs font-medium text-muted">
                  {groupLabel(row.key)}
                </h2>
              </li>
            )
          }
          const { conversation, position } = row
          const { id } = conversation
          return (
            <li
              key={id}
              data-id={id}
              style={style}
              aria-setsize={count}
              aria-posinset={position}
              onFocus={() => setFocusedId(id)}
              className="absolute inset-x-0 py-px"
            >
              <SidebarRowView
                conversation={conversation}
                isCurrent={id === currentId}
                mark={runningIn.has(id) ? 'running' : state.unread.has(id) ? 'unread' : null}
                isTabStop={id === tabStop}
                isSelected={selection && selection.has(id)}
                replace={replace}
                onSelect={(selected) => onSelect(id, selected)}
                onDelete={() => onDelete(id)}
              />
            </li>
          )
        })}
      </ul>
      {state.nextCursor && <MoreToCome fault={state.fault} />}
    </div>
  )
}

function MoreToCome({ fault }: { fault: unknown }) {
  return (
    <div className="flex justify-center py-3 text-muted">
      {fault ? (
        <Button size="small" variant="ghost" onClick={() => void loadMore()}>
          {t('common.retry')}
        </Button>
      ) : (
        <Spinner label={t('common.loading')} />
      )}
    </div>
  )
}

function Empty() {
  return (
    <EmptyState
      icon={<MessagesSquare aria-hidden className="size-5" />}
      title={t('sidebar.emptyTitle')}
    >
      {t('sidebar.empty')}
    </EmptyState>
  )
}

function Failed({ fault }: { fault: unknown }) {
  return (
    <ErrorState
      title={t('sidebar.failed')}
      detail={errorText(fault)}
      action={
        <Button size="small" onClick={() => void loadMore()}>
          {t('common.retry')}
        </Button>
      }
    />
  )
}

function Waiting() {
  return (
    <div role="status" aria-label={t('common.loading')} className="flex flex-col gap-3 px-4 py-3">
      {[60, 82, 70, 88, 56, 76].map((width) => (
        <div key={width} style={{ width: `${width}%` }}>
          <Skeleton className="h-5" />
        </div>
      ))}
    </div>
  )
}

function groupId({ key }: Extract<SidebarRow, { type: 'group' }>): string {
  return key.type === 'month' ? String(key.startsAt) : key.type
}

function reveal(scroller: HTMLElement, top: number, height: number) {
  const margin = height
  if (top < scroller.scrollTop + margin) scroller.scrollTop = top - margin
  const bottom = top + height + margin
  if (bottom > scroller.scrollTop + scroller.clientHeight) {
    scroller.scrollTop = bottom - scroller.clientHeight
  }
}
