import { useState, type FormEvent } from 'react'
import type { Me } from '#contract/accounts.ts'
import { errorText } from '../api/error-text.ts'
import { Refused } from '../api/refused.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { PasswordInput } from '../ui/password-input.tsx'
import { UsernameField } from '../ui/username-field.tsx'
import { signIn } from './session-store.ts'

interface SignInFormProps {
  /** Whoever was signed in before, when the form comes up over the page. */
  username?: string
  onSignedIn: (me: Me) => void
}

/** Username, password, and in words why they did not do. */
export function SignInForm({ username: known = '', onSignedIn }: SignInFormProps) {
  const [username, setUsername] = useState(known)
  const [password, setPassword] = useState('')
  const [remember, setRemember] = useState(true)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      onSignedIn(await signIn({ username, password, remember }))
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }

  const code = error instanceof Refused ? error.problem.code : null
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      {error !== null && code !== 'wrong_credentials' && <SignInProblem error={error} />}
      <UsernameField
        value={username}
        lengthMax={100}
        takesFocus={known === ''}
        onChange={setUsername}
      />
      <Field
        label={t('account.password')}
        error={code === 'wrong_credentials' ? errorText(error) : null}
      >
        <PasswordInput
          name="password"
          autoComplete="current-password"
          required
          showLabel={t('password.show')}
          hideLabel={t('password.hide')}
          data-autofocus={known !== '' || undefined}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Checkbox label={t('signIn.remember')} checked={remember} onChange={setRemember} />
      <Button type="submit" variant="primary" size="large" loading={busy}>
        {t('signIn.submit')}
      </Button>
    </form>
  )
}

/** A refused account is not a wrong password: it says what it waits for, or why. */
function SignInProblem({ error }: { error: unknown }) {
  const problem = error instanceof Refused ? error.problem : null
  const reason = typeof problem?.reason === 'string' ? problem.reason : null
  return (
    <Notice tone={problem?.code === 'account_pending' ? 'warning' : 'danger'}>
      <p>{errorText(error)}</p>
      {reason && <p className="mt-1">{t('account.reason', { reason })}</p>}
    </Notice>
  )
}
