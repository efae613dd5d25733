import { useState, type ReactNode } from 'react'
import { PanelLeftClose, SquarePen, Trash2 } from 'lucide-react'
import { isId, type Id } from '#contract/ids.ts'
import { useBranding } from '../api/branding.ts'
import { t } from '../text/i18n.ts'
import { BrandMark } from '../ui/brand-mark.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Link, usePath } from '../ui/navigation.tsx'
import { keysText } from '../ui/shortcuts.ts'
import { tooltip } from '../ui/tooltip.tsx'
import { useConversations } from './conversations-store.ts'
import { focusComposer } from './focus-composer.ts'
import { removeWithUndo } from './removal.ts'
import { SidebarList } from './sidebar-list.tsx'

type ConversationId = Id<'conversation'>

interface SidebarProps {
  account: ReactNode
  onToggle: () => void
  /** It lies over the page: choosing something takes the place of its history entry. */
  isOverlay?: boolean
}

/** Brand, new conversation, the list of conversations, and who is signed in. */
export function Sidebar({ account, onToggle, isOverlay = false }: SidebarProps) {
  const { name, logoUrl } = useBranding()
  const currentId = useCurrentConversation()
  const [selection, setSelection] = useState<ReadonlySet<ConversationId> | null>(null)
  const [deleting, setDeleting] = useState<readonly ConversationId[] | null>(null)
  const { items } = useConversations()

  function select(id: ConversationId, selected: boolean) {
    const next = new Set(selection)
    if (selected) next.add(id)
    else next.delete(id)
    setSelection(next)
  }

  return (
    <nav aria-label={t('sidebar.label')} className="flex h-full flex-col bg-sunken">
      <div className="flex h-14 shrink-0 items-center gap-2.5 pl-4 pr-2">
        <BrandMark logoUrl={logoUrl} className="h-6 max-w-24" />
        <span className="min-w-0 flex-1 truncate font-semibold tracking-tight">{name}</span>
        <IconButton
          label={t('sidebar.close')}
          shortcut={keysText('toggleSidebar')}
          onClick={onToggle}
          icon={<PanelLeftClose className="size-4.5" />}
        />
      </div>
      <div className="shrink-0 px-2 pb-1">
        <Link
          to="/main"
          replace={isOverlay}
          onClick={() => focusComposer()}
          {...tooltip(t('sidebar.new'), keysText('newConversation'))}
          className="flex h-10 items-center gap-2.5 rounded-control px-2.5 text-sm font-medium ring-focus-inset touch-target hover:bg-hover"
        >
          <SquarePen aria-hidden className="size-4.5 text-muted" />
          {t('sidebar.new')}
        </Link>
      </div>
      <SidebarList
        currentId={currentId}
        selection={selection}
        replace={isOverlay}
        onSelect={select}
        onDelete={(id) => setDeleting([id])}
      />
      {selection ? (
        <SelectionBar
          count={selection.size}
          onDelete={() => setDeleting([...selection])}
          onCancel={() => setSelection(null)}
        />
      ) : (
        <div className="shrink-0 border-t border-line p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
          {account}
        </div>
      )}
      <ConfirmDialog
        open={deleting !== null}
        danger
        title={t('sidebar.deleteTitle', { n: deleting?.length ?? 0 })}
        confirmLabel={t('common.delete')}
        cancelLabel={t('common.cancel')}
        onClose={() => setDeleting(null)}
        onConfirm={() => {
          if (deleting) removeWithUndo(deleting, currentId)
          setSelection(null)
        }}
      >
        {deleting?.length === 1
          ? t('sidebar.deleteText', { title: titleOf(deleting[0], items) ?? t('sidebar.untitled') })
          : t('sidebar.deleteManyText', { n: deleting?.length ?? 0 })}
      </ConfirmDialog>
    </nav>
  )
}

interface SelectionBarProps {
  count: number
  onDelete: () => void
  onCancel: () => void
}

function SelectionBar({ count, onDelete, onCancel }: SelectionBarProps) {
  return (
    <div className="flex shrink-0 items-center gap-2 border-t border-line p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      <span aria-live="polite" className="min-w-0 flex-1 truncate text-sm text-muted">
        {t('sidebar.selected', { n: count })}
      </span>
      <Button size="small" variant="ghost" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
      <Button
        size="small"
        variant="danger"
        disabled={count === 0}
        onClick={onDelete}
        icon={<Trash2 aria-hidden className="size-4" />}
      >
        {t('common.delete')}
      </Button>
    </div>
  )
}

/** The conversation the address names, if any. */
export function useCurrentConversation(): ConversationId | null {
  const name = usePath().split('/')[2]
  return isId('conversation', name) ? name : null
}

function titleOf(
  id: ConversationId | undefined,
  items: ReadonlyMap<ConversationId, { title: string | null }>,
): string | null {
  return (id && items.get(id)?.title) ?? null
}
