import { useState } from 'react'
import type { User } from '#contract/accounts.ts'
import { updateUser } from '#contract/users.ts'
import { call } from '../../api/call.ts'
import { t } from '../../text/i18n.ts'
import { UsernameField } from '../../ui/username-field.tsx'
import { isUsername } from '../../ui/username-rule.ts'
import { FormDialog } from './form-dialog.tsx'

interface RenameDialogProps {
  user: User
  onDone: (user: User) => void
  onClose: () => void
}

/** Another name for the same account. */
export function RenameDialog({ user, onDone, onClose }: RenameDialogProps) {
  const [username, setUsername] = useState(user.username)
  const isUnfit = !isUsername(username)

  async function rename() {
    const body = { username: username.trim() }
    onDone(await call(updateUser, { params: { id: user.id }, body }))
  }

  return (
    <FormDialog
      title={t('users.renameTitle', { name: user.username })}
      submitLabel={t('users.rename')}
      disabled={isUnfit || username.trim() === user.username}
      onSubmit={rename}
      onClose={onClose}
    >
      <p className="text-sm text-muted">{t('users.renameText')}</p>
      <UsernameField
        value={username}
        isOwn={false}
        lengthMax={20}
        takesFocus
        hint={t('account.usernameRule')}
        error={isUnfit && username !== '' ? t('account.usernameRule') : null}
        onChange={setUsername}
      />
    </FormDialog>
  )
}
