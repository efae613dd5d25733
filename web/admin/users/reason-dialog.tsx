import { useState } from 'react'
import type { User } from '#contract/accounts.ts'
import { disableUser, rejectUser } from '#contract/users.ts'
import { call } from '../../api/call.ts'
import { t } from '../../text/i18n.ts'
import { FormDialog } from './form-dialog.tsx'
import { ReasonField } from './reason-field.tsx'

interface ReasonDialogProps {
  act: 'reject' | 'disable'
  user: User
  onDone: (user: User) => void
  onClose: () => void
}

/** Asks before a decision against somebody, with room to say why. */
export function ReasonDialog({ act, user, onDone, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  const endpoint = act === 'reject' ? rejectUser : disableUser

  async function decide() {
    const said = reason.trim()
    onDone(await call(endpoint, { params: { id: user.id }, body: said ? { reason: said } : {} }))
  }

  return (
    <FormDialog
      danger
      title={t(`users.${act}Title`, { name: user.username })}
      submitLabel={t(`users.${act}`)}
      onSubmit={decide}
      onClose={onClose}
    >
      <p className="text-sm text-muted">{t(`users.${act}Text`)}</p>
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  )
}
