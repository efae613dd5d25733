import { useState } from 'react'
import type { User } from '#contract/accounts.ts'
import { deleteUser, getUser, type UserDetails } from '#contract/users.ts'
import { call } from '../../api/call.ts'
import { useRequest } from '../../api/use-request.ts'
import { t } from '../../text/i18n.ts'
import { Notice } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TypedField } from '../../ui/typed-field.tsx'
import { accountErrorText } from './account-problem.ts'
import { FormDialog } from './form-dialog.tsx'

interface DeleteDialogProps {
  user: User
  onDone: () => void
  onClose: () => void
}

/** Shows what goes with an account, and has its name typed before it does. */
export function DeleteDialog({ user, onDone, onClose }: DeleteDialogProps) {
  const { id, username } = user
  const { state } = useRequest(`user/${id}`, (signal) => call(getUser, { params: { id }, signal }))
  const [typed, setTyped] = useState('')

  async function remove() {
    await call(deleteUser, { params: { id } })
    onDone()
  }

  return (
    <FormDialog
      danger
      title={t('users.deleteTitle', { name: username })}
      submitLabel={t('users.deleteConfirm')}
      disabled={state.type !== 'ready' || typed.trim() !== username}
      onSubmit={remove}
      onClose={onClose}
    >
      <p className="text-sm leading-6 text-muted">{t('users.deleteText')}</p>
      {state.type === 'loading' && <Skeleton className="h-24 w-full" />}
      {state.type === 'failed' && <Notice tone="danger">{accountErrorText(state.error)}</Notice>}
      {state.type === 'ready' && <Belongings details={state.reply} />}
      <TypedField
        label={t('users.deleteType', { name: username })}
        value={typed}
        onChange={setTyped}
      />
    </FormDialog>
  )
}

const belongings = ['conversations', 'attachments', 'sessions', 'apiKeys'] as const

/** All that is deleted with an account, in numbers. */
function Belongings({ details }: { details: UserDetails }) {
  const owned = belongings.filter((what) => details[what] > 0)
  return (
    <ul
      aria-label={t('users.deleteList')}
      className="list-disc rounded-control bg-danger-soft py-3 pl-9 pr-4 text-sm leading-6"
    >
      <li>{t('users.owns.account', { name: details.username })}</li>
      {owned.map((what) => (
        <li key={what}>{t(`users.owns.${what}`, { n: details[what] })}</li>
      ))}
      {owned.length === 0 && <li>{t('users.owns.nothing')}</li>}
    </ul>
  )
}
