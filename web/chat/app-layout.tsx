import { createContext, use, useRef, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { Menu as MenuIcon } from 'lucide-react'
import { updatePreferences, usePreferences } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { Drawer, useSwipe } from '../ui/drawer.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useMedia } from '../ui/media.ts'
import { useOverlay } from '../ui/overlay.ts'
import { keysText, useShortcut } from '../ui/shortcuts.ts'
import { useListShortcuts } from './list-shortcuts.ts'
import { SidebarRail } from './sidebar-rail.tsx'
import { Sidebar } from './sidebar.tsx'

interface AppLayoutProps {
  /** The account menu: `compact` shows the avatar alone. */
  account: (compact: boolean) => ReactNode
  children: ReactNode
}

const TopBarSlot = createContext<HTMLElement | null>(null)

const edgePx = 24
const swipePx = 60

/**
 * The frame of every signed-in page: sidebar, rail or drawer by width, a top bar, and the page in
 * `main`. What a page wants in the top bar it renders as `TopBar`.
 */
export function AppLayout({ account, children }: AppLayoutProps) {
  const hasRoomForSidebar = useMedia('(min-width: 1024px)')
  const hasRoomForRail = useMedia('(min-width: 768px)')
  const { sidebarCollapsed } = usePreferences()
  const drawer = useOverlay('sidebar')
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  const mainRef = useRef<HTMLElement>(null)
  const swipe = useSwipe((distance, startX) => {
    if (!hasRoomForRail && startX < edgePx && distance > swipePx) drawer.open()
  })

  function toggleSidebar() {
    if (!hasRoomForSidebar) return drawer.isOpen ? drawer.close() : drawer.open()
    updatePreferences({ sidebarCollapsed: !sidebarCollapsed }).catch(() => {})
  }
  useShortcut('toggleSidebar', toggleSidebar)
  useListShortcuts()

  const showsSidebar = hasRoomForSidebar && !sidebarCollapsed
  return (
    <div className="flex h-dvh w-full overflow-hidden bg-surface" {...swipe}>
      <SkipLink onSkip={() => mainRef.current?.focus()} />
      {showsSidebar && (
        <div className="w-72 shrink-0 border-r border-line">
          <Sidebar account={account(false)} onToggle={toggleSidebar} />
        </div>
      )}
      {!showsSidebar && hasRoomForRail && (
        <SidebarRail account={account(true)} onToggle={toggleSidebar} />
      )}
      {drawer.isOpen && !hasRoomForSidebar && (
        <Drawer label={t('sidebar.label')} onClose={drawer.close}>
          <Sidebar account={account(false)} onToggle={drawer.close} isOverlay />
        </Drawer>
      )}
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="flex min-h-14 shrink-0 items-center gap-1 px-[max(0.5rem,env(safe-area-inset-left))] pt-[env(safe-area-inset-top)] md:px-4">
          {!hasRoomForRail && (
            <IconButton
              label={t('sidebar.open')}
              shortcut={keysText('toggleSidebar')}
              aria-haspopup="dialog"
              onClick={drawer.open}
              icon={<MenuIcon className="size-5" />}
            />
          )}
          <div ref={setSlot} className="flex min-w-0 flex-1 items-center gap-2" />
          {!hasRoomForRail && account(true)}
        </header>
        <main
          ref={mainRef}
          id="content"
          tabIndex={-1}
          className="relative flex min-h-0 flex-1 flex-col outline-none"
        >
          <TopBarSlot value={slot}>{children}</TopBarSlot>
        </main>
      </div>
    </div>
  )
}

/** Puts its children into the bar above the page: on phones between menu button and account. */
export function TopBar({ children }: { children: ReactNode }) {
  const slot = use(TopBarSlot)
  return slot && createPortal(children, slot)
}

function SkipLink({ onSkip }: { onSkip: () => void }) {
  return (
    <a
      href="#content"
      onClick={(event) => {
        event.preventDefault()
        onSkip()
      }}
      className="sr-only z-50 rounded-control bg-raised px-4 py-2 text-sm font-medium text-accent shadow-float focus:not-sr-only focus:fixed focus:left-3 focus:top-3 focus:px-4 focus:py-2"
    >
      {t('common.skipToContent')}
    </a>
  )
}
