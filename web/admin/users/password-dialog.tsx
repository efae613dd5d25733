import { useState } from 'react'
import type { User } from '#contract/accounts.ts'
import { setUserPassword } from '#contract/users.ts'
import { call } from '../../api/call.ts'
import { t } from '../../text/i18n.ts'
import { isStrong } from '../../ui/password-rules.ts'
import { FormDialog } from './form-dialog.tsx'
import { HandOverDialog } from './hand-over-dialog.tsx'
import { NewPassword } from './new-password.tsx'

interface PasswordDialogProps {
  user: User
  onDone: () => void
  onClose: () => void
}

/** Gives somebody who cannot get in a new password, and then the words to pass on. */
export function PasswordDialog({ user, onDone, onClose }: PasswordDialogProps) {
  const { id, username } = user
  const [password, setPassword] = useState('')
  const [isSet, setIsSet] = useState(false)

  async function store() {
    await call(setUserPassword, { params: { id }, body: { password } })
    setIsSet(true)
    onDone()
  }

  if (isSet) {
    return (
      <HandOverDialog
        title={t('users.passwordSet', { name: username })}
        username={username}
        password={password}
        onClose={onClose}
      />
    )
  }
  return (
    <FormDialog
      title={t('users.passwordTitle', { name: username })}
      submitLabel={t('users.setPassword')}
      disabled={!isStrong(password, username)}
      onSubmit={store}
      onClose={onClose}
    >
      <p className="text-sm leading-6 text-muted">{t('users.passwordText')}</p>
      <NewPassword username={username} value={password} onChange={setPassword} />
    </FormDialog>
  )
}
