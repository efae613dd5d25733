import { ListChecks, Pencil, Pin, PinOff, Trash2 } from 'lucide-react'
import { t } from '../text/i18n.ts'
import { MenuItem, MenuSeparator } from '../ui/menu-items.tsx'
import { editOrTell } from './edit-or-tell.ts'
import type { SidebarRowProps } from './sidebar-row.tsx'

interface SidebarRowMenuProps extends Pick<
  SidebarRowProps,
  'conversation' | 'onSelect' | 'onDelete'
> {
  onRename: () => void
}

/** What can be done with a conversation of the list. */
export function SidebarRowMenu(props: SidebarRowMenuProps) {
  const { conversation, onRename, onSelect, onDelete } = props
  const isPinned = conversation.pinnedAt !== null
  return (
    <>
      <MenuItem icon={<Pencil />} onSelect={onRename}>
        {t('sidebar.rename')}
      </MenuItem>
      <MenuItem
        icon={isPinned ? <PinOff /> : <Pin />}
        onSelect={() => editOrTell(conversation.id, { pinned: !isPinned })}
      >
        {isPinned ? t('sidebar.unpin') : t('sidebar.pin')}
      </MenuItem>
      <MenuItem icon={<ListChecks />} onSelect={() => onSelect(true)}>
        {t('sidebar.select')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} danger onSelect={onDelete}>
        {t('common.delete')}
      </MenuItem>
    </>
  )
}
