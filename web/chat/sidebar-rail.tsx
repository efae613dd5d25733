import type { ReactNode } from 'react'
import { PanelLeftOpen, SquarePen } from 'lucide-react'
import { t } from '../text/i18n.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { navigate } from '../ui/navigation.tsx'
import { keysText } from '../ui/shortcuts.ts'
import { focusComposer } from './focus-composer.ts'

interface SidebarRailProps {
  account: ReactNode
  onToggle: () => void
}

/** The sidebar reduced to its edge: open it, begin a conversation, the account. */
export function SidebarRail({ account, onToggle }: SidebarRailProps) {
  return (
    <nav
      aria-label={t('sidebar.label')}
      className="flex w-14 shrink-0 flex-col items-center gap-1 border-r border-line bg-sunken py-2.5"
    >
      <IconButton
        label={t('sidebar.open')}
        shortcut={keysText('toggleSidebar')}
        onClick={onToggle}
        icon={<PanelLeftOpen className="size-4.5" />}
      />
      <IconButton
        label={t('sidebar.new')}
        shortcut={keysText('newConversation')}
        onClick={() => {
          navigate('/main')
          focusComposer()
        }}
        icon={<SquarePen className="size-4.5" />}
      />
      <div className="flex-1" />
      {account}
    </nav>
  )
}
