import type { User } from '#contract/accounts.ts'
import { updateUser } from '#contract/users.ts'
import { call } from '../../api/call.ts'
import { t } from '../../text/i18n.ts'
import { FormDialog } from './form-dialog.tsx'

interface RoleDialogProps {
  user: User
  onDone: (user: User) => void
  onClose: () => void
}

/** Says what another role means before it is given. */
export function RoleDialog({ user, onDone, onClose }: RoleDialogProps) {
  const role = otherRole(user)
  async function change() {
    onDone(await call(updateUser, { params: { id: user.id }, body: { role } }))
  }
  return (
    <FormDialog
      danger={role === 'user'}
      title={t(`users.roleTitle.${role}`, { name: user.username })}
      submitLabel={t(`users.role.${role}`)}
      onSubmit={change}
      onClose={onClose}
    >
      <p className="text-sm leading-6 text-muted">{t(`users.roleText.${role}`)}</p>
    </FormDialog>
  )
}

/** The role somebody can be given instead of theirs. */
export function otherRole({ role }: User): User['role'] {
  return role === 'admin' ? 'user' : 'admin'
}
