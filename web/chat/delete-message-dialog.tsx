import { t } from '../text/i18n.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { removeMessage } from './message-acts.ts'
import { setDeleting, useDeleting } from './view-state.ts'

/** Asks before a message is deleted, as everything below it goes too. */
export function DeleteMessageDialog({ store }: { store: ConversationStore }) {
  const id = useDeleting(store)
  return (
    <ConfirmDialog
      open={id !== null}
      danger
      title={t('message.deleteTitle')}
      confirmLabel={t('common.delete')}
      cancelLabel={t('common.cancel')}
      onConfirm={() => (id ? removeMessage(store, id) : undefined)}
      onClose={() => setDeleting(store, null)}
    >
      {t('message.deleteText')}
    </ConfirmDialog>
  )
}
