import { useState } from 'react'
import type { User } from '#contract/accounts.ts'
import { Role } from '#contract/actor.ts'
import { createUser } from '#contract/users.ts'
import { call } from '../../api/call.ts'
import { t } from '../../text/i18n.ts'
import { Field, Select } from '../../ui/field.tsx'
import { isStrong } from '../../ui/password-rules.ts'
import { UsernameField } from '../../ui/username-field.tsx'
import { isUsername } from '../../ui/username-rule.ts'
import { FormDialog } from './form-dialog.tsx'
import { HandOverDialog } from './hand-over-dialog.tsx'
import { NewPassword } from './new-password.tsx'

interface NewUserDialogProps {
  onDone: (user: User) => void
  onClose: () => void
}

/** An account for somebody else, who can sign in with it at once. */
export function NewUserDialog({ onDone, onClose }: NewUserDialogProps) {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [role, setRole] = useState<Role>('user')
  const [made, setMade] = useState<User | null>(null)
  const isUnfit = !isUsername(username)

  async function create() {
    const body = { username: username.trim(), password, role, status: 'active' as const }
    const user = await call(createUser, { body })
    setMade(user)
    onDone(user)
  }

  if (made) {
    return (
      <HandOverDialog
        title={t('users.created', { name: made.username })}
        username={made.username}
        password={password}
        onClose={onClose}
      />
    )
  }
  return (
    <FormDialog
      title={t('users.new')}
      submitLabel={t('users.create')}
      disabled={isUnfit || !isStrong(password, username)}
      onSubmit={create}
      onClose={onClose}
    >
      <UsernameField
        value={username}
        isOwn={false}
        lengthMax={20}
        takesFocus
        hint={t('account.usernameRule')}
        error={isUnfit && username.length >= 3 ? t('account.usernameRule') : null}
        onChange={setUsername}
      />
      <NewPassword username={username} value={password} onChange={setPassword} />
      <Field label={t('users.role')} hint={t(`users.roleHint.${role}`)}>
        <Select value={role} onChange={({ target }) => setRole(target.value as Role)}>
          {Role.options.toReversed().map((option) => (
            <option key={option} value={option}>
              {t(`role.${option}`)}
            </option>
          ))}
        </Select>
      </Field>
    </FormDialog>
  )
}
