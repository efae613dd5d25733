import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type RefObject,
} from 'react'
import { flushSync } from 'react-dom'
import { MessagesSquare } from 'lucide-react'
import type { Conversation } from '#contract/conversations.ts'
import type { Id } from '#contract/ids.ts'
import { errorText } from '../api/error-text.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Spinner } from '../ui/spinner.tsx'
import type { GroupKey } from './conversation-groups.ts'
import { loadMore, useConversations } from './conversations-store.ts'
import { listOf, type ConversationsState } from './conversations-state.ts'
import { groupLabel } from './group-label.ts'
import { rowOffsets, rowsInView, sidebarRows, type SidebarRow } from './sidebar-rows.ts'
import { SidebarRowView } from './sidebar-row.tsx'
import { useListKeys } from './use-list-keys.ts'
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

function Rows({ state, rows, ...list }: RowsProps) {
  const ref = useRef<HTMLDivElement>(null)
  const heights = useRowHeights()
  const offsets = useMemo(() => rowOffsets(rows, heights), [rows, heights])
  const [view, measure] = useView(ref)
  const { from, to } = rowsInView(offsets, view)
  const keys = useListKeys(ref, { rows, offsets, height: heights.conversation }, list.currentId)

  const isAtEnd = to >= rows.length
  useEffect(() => {
    if (isAtEnd && state.nextCursor && !state.fault) void loadMore()
  }, [isAtEnd, state.nextCursor, state.fault])

  return (
    <div
      ref={ref}
      // At once: a frame later, fast scrolling would show where rows are not yet.
      onScroll={() => flushSync(measure)}
      onKeyDown={keys.onKeyDown}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2"
    >
      <ul className="relative" style={{ height: offsets.at(-1) ?? 0 }}>
        {rows.slice(from, to).map((row, index) => {
          const style = { top: offsets[from + index], height: heights[row.type] }
          if (row.type === 'group')
            return <GroupRow key={groupId(row.groupKey)} {...row} style={style} />
          const { id } = row.conversation
          return (
            <ConversationRow
              key={id}
              {...list}
              {...row}
              style={style}
              mark={markOf(id, state)}
              count={keys.count}
              isTabStop={id === keys.tabStop}
              onFocus={() => keys.onFocus(id)}
            />
          )
        })}
      </ul>
      {state.nextCursor && <MoreToCome fault={state.fault} />}
    </div>
  )
}

function GroupRow({ groupKey, style }: { groupKey: GroupKey; style: CSSProperties }) {
  return (
    <li style={style} className="absolute inset-x-0 flex items-end">
      <h2 className="px-2.5 pb-1.5 text-xs font-medium text-muted">{groupLabel(groupKey)}</h2>
    </li>
  )
}

interface ConversationRowProps extends SidebarListProps {
  conversation: Conversation
  position: number
  count: number
  style: CSSProperties
  mark: 'running' | 'unread' | null
  isTabStop: boolean
  onFocus: () => void
}

function ConversationRow({ conversation, position, count, style, ...props }: ConversationRowProps) {
  const { id } = conversation
  const { currentId, selection, mark, isTabStop, replace, onFocus, onSelect, onDelete } = props
  return (
    <li
      data-id={id}
      style={style}
      aria-setsize={count}
      aria-posinset={position}
      onFocus={onFocus}
      className="absolute inset-x-0 py-px"
    >
      <SidebarRowView
        {...{ conversation, mark, isTabStop, replace }}
        isCurrent={id === currentId}
        isSelected={selection && selection.has(id)}
        onSelect={(selected) => onSelect(id, selected)}
        onDelete={() => onDelete(id)}
      />
    </li>
  )
}

/** The part of the list that can be seen, and what measures it anew. */
function useView(ref: RefObject<HTMLDivElement | null>) {
  const [view, setView] = useState({ top: 0, height: 800 })
  const measure = useCallback(() => {
    if (!ref.current) return
    const { scrollTop: top, clientHeight: height } = ref.current
    // The rows beyond the edges last for this long, so not every pixel is worth a render.
    setView((last) =>
      last.height === height && Math.abs(last.top - top) < height / 4 ? last : { top, height },
    )
  }, [ref])
  useEffect(() => {
    if (!ref.current) return
    const observer = new ResizeObserver(measure)
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [ref, measure])
  return [view, measure] as const
}

function markOf(id: ConversationId, { running, unread }: ConversationsState) {
  for (const { conversationId } of running.values()) if (conversationId === id) return 'running'
  return unread.has(id) ? 'unread' : null
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

function groupId(key: GroupKey): string {
  return key.type === 'month' ? String(key.startsAt) : key.type
}
