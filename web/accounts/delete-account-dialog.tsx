import { useState } from 'react'
import { deleteMe } from '#contract/accounts.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { useMe } from '../api/me.ts'
import { Refused } from '../api/refused.ts'
import { t } from '../text/i18n.ts'
import { Field } from '../ui/field.tsx'
import { navigate } from '../ui/navigation.tsx'
import { Notice } from '../ui/notice.tsx'
import { PasswordInput } from '../ui/password-input.tsx'
import { toast } from '../ui/toast.ts'
import { DangerDialog } from './danger-dialog.tsx'
import { noteAccount } from './known-account.ts'
import { forgetSession } from './session-store.ts'

/** Says what goes with an account, and deletes it for whoever knows its password. */
export function DeleteAccountDialog({ onClose }: { onClose: () => void }) {
  const { actor } = useMe()
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>(null)
  const username = actor?.type === 'user' ? actor.username : ''

  async function remove() {
    setError(null)
    try {
      await call(deleteMe, { body: { password } })
      noteAccount(null)
      forgetSession()
      if (actor) forgetTraces(actor.id)
      navigate('/auth/sign-in')
      toast(t('data.accountDeleted'), { tone: 'success' })
    } catch (refusal) {
      setError(refusal)
    }
  }

  const code = error instanceof Refused ? error.problem.code : null
  const isWrong = code === 'wrong_credentials'
  return (
    <DangerDialog
      title={t('data.accountTitle')}
      confirmLabel={t('data.deleteAccount')}
      disabled={password === ''}
      notice={
        error !== null &&
        !isWrong && (
          <Notice tone="danger">
            {code === 'last_admin' ? t('data.lastAdmin') : errorText(error)}
          </Notice>
        )
      }
      onConfirm={remove}
      onClose={onClose}
    >
      <div className="text-sm leading-6">
        <p className="text-muted">{t('data.accountText')}</p>
        <ul className="mt-2 list-disc rounded-control bg-danger-soft py-3 pl-9 pr-4">
          <li>{t('data.goes.account', { name: username })}</li>
          <li>{t('data.goes.conversations')}</li>
          <li>{t('data.goes.images')}</li>
          <li>{t('data.goes.sessions')}</li>
        </ul>
      </div>
      <input type="text" autoComplete="username" value={username} readOnly hidden />
      <Field label={t('account.password')} error={isWrong ? t('security.currentWrong') : null}>
        <PasswordInput
          data-autofocus
          autoComplete="current-password"
          showLabel={t('password.show')}
          hideLabel={t('password.hide')}
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      </Field>
    </DangerDialog>
  )
}

/** What the browser kept for the account: a draft, and which answers are unread. */
function forgetTraces(id: string) {
  try {
    for (const key of Object.keys(localStorage)) if (key.includes(id)) localStorage.removeItem(key)
  } catch {
    // Where nothing can be kept, nothing was.
  }
}
