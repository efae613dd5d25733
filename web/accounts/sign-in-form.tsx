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
import { useHasGuestConversations } from './guest-conversations.ts'
import { KeepField } from './keep-field.tsx'
import { refusedAccountOf, type RefusedAccount } from './refused-account.ts'
import { signIn, type Credentials } from './signing-in.ts'

interface SignInFormProps {
  /** Whoever was signed in before, when the form comes up over the page. */
  username?: string
  onSignedIn: (me: Me) => void
  /** The credentials are right, but the account cannot be used. */
  onRefusedAccount?: (account: RefusedAccount, credentials: Credentials) => void
}

/** Username, password, and in words why they did not do. */
export function SignInForm(props: SignInFormProps) {
  const { username: known = '', onSignedIn, onRefusedAccount } = props
  const [username, setUsername] = useState(known)
  const [password, setPassword] = useState('')
  const [remember, setRemember] = useState(true)
  const [keeps, setKeeps] = useState(true)
  const hasGuestConversations = useHasGuestConversations()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setError(null)
    // The form that comes up over a page does not ask about what guests left in the browser.
    const keepGuestConversations = known === '' && keeps
    const credentials = { username, password, remember, keepGuestConversations }
    try {
      onSignedIn(await signIn(credentials))
    } catch (refusal) {
      const account = refusedAccountOf(refusal)
      if (account && onRefusedAccount) onRefusedAccount(account, credentials)
      else setError(refusal)
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
      {hasGuestConversations && <KeepField keeps={keeps} onChange={setKeeps} />}
      <Button type="submit" variant="primary" size="large" loading={busy}>
        {t('signIn.submit')}
      </Button>
    </form>
  )
}

function SignInProblem({ error }: { error: unknown }) {
  const reason = refusedAccountOf(error)?.reason
  return (
    <Notice tone="danger">
      <p>{errorText(error)}</p>
      {reason && <p className="mt-1">{t('account.reason', { reason })}</p>}
    </Notice>
  )
}
