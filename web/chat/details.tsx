import { Suspense } from 'react'
import { PanelRight } from 'lucide-react'
import { updatePreferences, usePreferences } from '../api/me.ts'
import { loadTexts, t } from '../text/i18n.ts'
import { Drawer } from '../ui/drawer.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { later } from '../ui/later.ts'
import { useMedia } from '../ui/media.ts'
import { useOverlay } from '../ui/overlay.ts'
import { isShortcut, keysText, useShortcut } from '../ui/shortcuts.ts'
import type { ConversationStore } from './conversation-store.ts'

const DetailsPane = later(async () => {
  const [pane] = await Promise.all([import('./details-pane.tsx'), loadTexts('details')])
  return pane.DetailsPane
})

interface DetailsState {
  isOpen: boolean
  isOverlay: boolean
  toggle: () => void
}

/** Where there is room the pane stands beside the conversation, and stays as it was left. */
export function useDetails(): DetailsState {
  const hasRoom = useMedia('(min-width: 1280px)')
  const { detailsOpen } = usePreferences()
  const overlay = useOverlay('details')
  function toggle() {
    if (hasRoom) updatePreferences({ detailsOpen: !detailsOpen }).catch(() => {})
    else if (overlay.isOpen) overlay.close()
    else overlay.open()
  }
  useShortcut('toggleDetails', toggle)
  return { isOpen: hasRoom ? detailsOpen : overlay.isOpen, isOverlay: !hasRoom, toggle }
}

export function DetailsButton({ isOpen, isOverlay, toggle }: DetailsState) {
  return (
    <IconButton
      label={t('common.details')}
      shortcut={keysText('toggleDetails')}
      data-details-button
      {...(isOverlay ? { 'aria-haspopup': 'dialog' as const } : { 'aria-pressed': isOpen })}
      onClick={toggle}
      className="ml-auto aria-pressed:bg-hover"
      icon={<PanelRight className="size-5" />}
    />
  )
}

/** What is set and known about the conversation: beside it, or over it where there is no room. */
export function Details({ store, ...state }: DetailsState & { store: ConversationStore }) {
  const { isOpen, isOverlay, toggle } = state
  if (!isOpen) return null
  const pane = (
    <Suspense>
      <DetailsPane store={store} onClose={toggle} />
    </Suspense>
  )
  if (!isOverlay) {
    return (
      <aside aria-label={t('common.details')} className="w-80 shrink-0 border-l border-line">
        {pane}
      </aside>
    )
  }
  return (
    <Drawer label={t('common.details')} side="right" onClose={toggle}>
      <div
        className="h-full"
        // The shortcuts of the page rest while something lies over it.
        onKeyDown={(event) => {
          if (!isShortcut('toggleDetails', event)) return
          event.preventDefault()
          toggle()
        }}
      >
        {pane}
      </div>
    </Drawer>
  )
}
