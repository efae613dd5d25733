import { useState, type KeyboardEvent } from 'react'
import { Ellipsis } from 'lucide-react'
import type { Conversation } from '#contract/conversations.ts'
import { t } from '../text/i18n.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { classNames } from '../ui/class-names.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { later } from '../ui/later.ts'
import { Menu } from '../ui/menu.tsx'
import { Link } from '../ui/navigation.tsx'
import { editOrTell } from './edit-or-tell.ts'

const SidebarRowMenu = later(async () => (await import('./sidebar-row-menu.tsx')).SidebarRowMenu)

export interface SidebarRowProps {
  conversation: Conversation
  isCurrent: boolean
  mark: 'running' | 'unread' | null
  /** Whether the Tab key stops here; arrows reach the other rows. */
  isTabStop: boolean
  /** Null outside of selecting. */
  isSelected: boolean | null
  /** Leaves no history entry, for a sidebar that lies over the page. */
  replace: boolean
  onSelect: (selected: boolean) => void
  onDelete: () => void
}

/** A conversation in the list: its name, what it is doing, and what can be done with it. */
export function SidebarRowView(props: SidebarRowProps) {
  const { conversation, isCurrent, mark, isTabStop, isSelected, replace } = props
  const [renaming, setRenaming] = useState(false)
  const title = conversation.title ?? t('sidebar.untitled')

  if (renaming) {
    return (
      <RenameInput
        title={conversation.title ?? ''}
        onDone={() => setRenaming(false)}
        id={conversation.id}
      />
    )
  }
  if (isSelected !== null) {
    return (
      <Checkbox
        label={title}
        checked={isSelected}
        onChange={props.onSelect}
        className="h-full w-full rounded-control px-2.5 hover:bg-hover [&>span:last-child]:truncate"
      />
    )
  }
  return (
    <div
      className={classNames(
        'group/row relative flex h-full items-center rounded-control transition-colors',
        isCurrent ? 'bg-pressed' : 'hover:bg-hover has-[[aria-expanded=true]]:bg-hover',
      )}
    >
      <Link
        to={`/main/${conversation.id}`}
        replace={replace}
        data-row
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isCurrent ? 'page' : undefined}
        onDoubleClick={() => setRenaming(true)}
        className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-control pl-2.5 pr-9 text-sm text-ink ring-focus-inset"
      >
        <span className="min-w-0 truncate" title={title}>
          {title}
        </span>
        {mark && <Mark mark={mark} />}
      </Link>
      <Menu
        align="end"
        trigger={(trigger) => (
          <IconButton
            size="small"
            label={t('sidebar.rowMenu', { title })}
            tabIndex={isTabStop ? 0 : -1}
            icon={<Ellipsis className="size-4" />}
            className="absolute right-1 opacity-0 group-hover/row:opacity-100 group-focus-within/row:opacity-100 aria-expanded:opacity-100 pointer-coarse:right-0 pointer-coarse:opacity-100"
            {...trigger}
          />
        )}
      >
        <SidebarRowMenu {...props} onRename={() => setRenaming(true)} />
      </Menu>
    </div>
  )
}

/** Hollow while an answer is being written, filled when one waits to be read. */
function Mark({ mark }: { mark: 'running' | 'unread' }) {
  const shape = mark === 'running' ? 'border-2 border-focus animate-pulse' : 'bg-focus'
  return (
    <span className="ml-auto flex shrink-0 items-center">
      <span className={classNames('size-2 rounded-full', shape)} />
      <span className="sr-only">
        {mark === 'running' ? t('sidebar.running') : t('sidebar.unread')}
      </span>
    </span>
  )
}

interface RenameInputProps {
  id: Conversation['id']
  title: string
  onDone: () => void
}

/** Enter or leaving the field saves, Escape restores. */
function RenameInput({ id, title, onDone }: RenameInputProps) {
  const [text, setText] = useState(title)

  function save() {
    const next = text.trim()
    if (next && next !== title) editOrTell(id, { title: next })
    onDone()
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') save()
    if (event.key === 'Escape') onDone()
  }
  return (
    <input
      ref={selectText}
      aria-label={t('sidebar.renameLabel')}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={save}
      className="h-full w-full rounded-control border border-line-strong bg-surface px-2.5 text-sm text-ink ring-focus-inset pointer-coarse:text-base"
    />
  )
}

/** Outside of the component, or it would be a new one, and select again, at every key press. */
function selectText(input: HTMLInputElement | null) {
  input?.select()
}
