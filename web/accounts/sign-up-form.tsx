import { useState, type FormEvent } from 'react'
import type { User } from '#contract/accounts.ts'
import { loadBranding, useBranding } from '../api/branding.ts'
import { errorText } from '../api/error-text.ts'
import { Refused } from '../api/refused.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextArea, TextInput } from '../ui/field.tsx'
import { NewPasswordField } from '../ui/new-password-field.tsx'
import { Notice } from '../ui/notice.tsx'
import { isStrong } from '../ui/password-rules.ts'
import { UsernameField } from '../ui/username-field.tsx'
import { isUsername } from '../ui/username-rule.ts'
import { useHasGuestConversations } from './guest-conversations.ts'
import { KeepField } from './keep-field.tsx'
import { signUp, type Credentials } from './signing-in.ts'
import { signUpErrors, type SignUpField } from './sign-up-errors.ts'

interface SignUpFormProps {
  /** With what to sign in by once the account may be used. */
  onSignedUp: (outcome: { user: User; signedIn: boolean }, credentials: Credentials) => void
}

/** A new account. What is wrong stands at the field that has to change. */
export function SignUpForm({ onSignedUp }: SignUpFormProps) {
  const { registration, setup = false } = useBranding()
  const [values, setValues] = useState(emptyValues)
  const [error, setError] = useState<unknown>(null)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [asksToken, setAsksToken] = useState(false)
  const [keeps, setKeeps] = useState(true)
  const hasGuestConversations = useHasGuestConversations()
  const { username, password, note, setupToken } = values

  const change = (name: SignUpField) => (value: string) => {
    setValues({ ...values, [name]: value })
    setError(null)
  }
  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (busy || !isUsername(username) || !isStrong(password, username)) return
    setBusy(true)
    setError(null)
    try {
      const credentials = { username, password, remember: true, keepGuestConversations: keeps }
      onSignedUp(await signUp({ ...values, keepGuestConversations: keeps }), credentials)
    } catch (refusal) {
      if (codeOf(refusal) === 'setup_token_required') setAsksToken(true)
      // The page did not know yet that nobody is taken any more; it says more than the refusal.
      if (codeOf(refusal) === 'registration_closed') loadBranding().catch(() => {})
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }

  const refused = signUpErrors(error instanceof Refused ? error.problem : null)
  const isElsewhere = error !== null && Object.keys(refused).length === 0
  const nameError = tried && !isUsername(username) ? t('account.usernameRule') : null
  const passwordError = tried && !isStrong(password, username) ? t('password.weak') : null
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      {isElsewhere && <Notice tone="danger">{errorText(error)}</Notice>}
      <UsernameField
        value={username}
        lengthMax={20}
        hint={t('account.usernameRule')}
        error={refused.username ?? nameError}
        onChange={change('username')}
      />
      <NewPasswordField
        label={t('account.password')}
        username={username}
        value={password}
        error={refused.password ?? passwordError}
        onChange={change('password')}
      />
      {registration === 'approval' && !setup && (
        <NoteField value={note} error={refused.note} onChange={change('note')} />
      )}
      {hasGuestConversations && registration === 'open' && (
        <KeepField keeps={keeps} onChange={setKeeps} />
      )}
      {asksToken && (
        <TokenField value={setupToken} error={refused.setupToken} onChange={change('setupToken')} />
      )}
      <Button type="submit" variant="primary" size="large" loading={busy}>
        {t('signUp.submit')}
      </Button>
    </form>
  )
}

const emptyValues = { username: '', password: '', note: '', setupToken: '' }

function codeOf(error: unknown) {
  return error instanceof Refused ? error.problem.code : null
}

interface OptionalFieldProps {
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

function NoteField({ value, error, onChange }: OptionalFieldProps) {
  return (
    <Field label={t('signUp.note')} hint={t('signUp.noteHint')} error={error}>
      <TextArea
        rows={2}
        name="note"
        maxLength={200}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  )
}

function TokenField({ value, error, onChange }: OptionalFieldProps) {
  return (
    <Field label={t('signUp.setupToken')} hint={t('signUp.setupTokenHint')} error={error}>
      <TextInput
        name="setup-token"
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  )
}
