import { revokeUserApiKey, type ApiKey } from '#contract/api-keys.ts'
import type { Id } from '#contract/ids.ts'
import { call } from '../../api/call.ts'
import { errorText } from '../../api/error-text.ts'
import { t } from '../../text/i18n.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { toast } from '../../ui/toast.ts'

interface RevokeDialogProps {
  apiKey: ApiKey
  owner: { id: Id<'user'>; username: string }
  onRevoked: () => void
  onClose: () => void
}

/** Asks before somebody's key is ended. */
export function RevokeDialog({ apiKey, owner, onRevoked, onClose }: RevokeDialogProps) {
  const { id, name } = apiKey
  async function revoke() {
    try {
      await call(revokeUserApiKey, { params: { id: owner.id, keyId: id } })
      toast(t('apiKeys.revoked', { name }), { tone: 'success' })
      onRevoked()
    } catch (error) {
      toast(errorText(error), { tone: 'danger' })
    }
  }
  return (
    <ConfirmDialog
      open
      danger
      title={t('apiKeys.revokeTitle', { name })}
      confirmLabel={t('apiKeys.revoke')}
      cancelLabel={t('common.cancel')}
      onClose={onClose}
      onConfirm={revoke}
    >
      {t('apiKeys.revokeTextOf', { owner: owner.username })}
    </ConfirmDialog>
  )
}
