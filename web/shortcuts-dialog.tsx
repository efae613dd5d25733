import { ShortcutList } from './shortcut-list.tsx'
import { t } from './text/i18n.ts'
import { Dialog } from './ui/dialog.tsx'

/** The list of shortcuts, over whatever page it was asked for on. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open title={t('shortcuts.title')} closeLabel={t('common.close')} onClose={onClose}>
      <ShortcutList />
    </Dialog>
  )
}
