import { useState } from 'react'
import { deleteConversations } from '#contract/conversations.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { useMe } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.ts'
import { TypedField } from '../ui/typed-field.tsx'
import { DangerDialog } from './danger-dialog.tsx'

interface DeleteConversationsDialogProps {
  onDeleted: () => void
  onClose: () => void
}

/** Deletes all conversations once the own name has been typed. */
export function DeleteConversationsDialog(props: DeleteConversationsDialogProps) {
  const { onDeleted, onClose } = props
  const { actor } = useMe()
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<unknown>(null)
  const username = actor?.type === 'user' ? actor.username : ''

  async function remove() {
    setError(null)
    try {
      const { deleted } = await call(deleteConversations, { body: { all: true } })
      onDeleted()
      onClose()
      toast(t('sidebar.deleted', { n: deleted }), { tone: 'success' })
    } catch (refusal) {
      setError(refusal)
    }
  }

  return (
    <DangerDialog
      title={t('data.conversationsTitle')}
      confirmLabel={t('data.deleteConversations')}
      disabled={typed.trim() !== username}
      notice={error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      onConfirm={remove}
      onClose={onClose}
    >
      <p className="text-sm leading-6 text-muted">{t('data.conversationsText')}</p>
      <TypedField
        label={t('data.typeName', { name: username })}
        value={typed}
        onChange={setTyped}
      />
    </DangerDialog>
  )
}
