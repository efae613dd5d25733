import type { User } from '#contract/accounts.ts'
import { signOutUser } from '#contract/users.ts'
import { call } from '../../api/call.ts'
import { t } from '../../text/i18n.ts'
import { FormDialog } from './form-dialog.tsx'

interface SignOutDialogProps {
  user: User
  onDone: () => void
  onClose: () => void
}

/** Ends every session of somebody, after asking. */
export function SignOutDialog({ user, onDone, onClose }: SignOutDialogProps) {
  async function signOut() {
    await call(signOutUser, { params: { id: user.id } })
    onDone()
  }
  return (
    <FormDialog
      title={t('users.signOutTitle', { name: user.username })}
      submitLabel={t('users.signOut')}
      onSubmit={signOut}
      onClose={onClose}
    >
      <p className="text-sm leading-6 text-muted">{t('users.signOutText')}</p>
    </FormDialog>
  )
}
