import { useState, type FormEvent } from 'react'
import { usernamePattern, type User } from '#contract/accounts.ts'
import { useBranding } from '../api/branding.ts'
import { errorText } from '../api/error-text.ts'
import { Refused } from '../api/refused.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextArea, TextInput } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { PasswordInput } from '../ui/password-input.tsx'
import { PasswordRuleList } from './password-rule-list.tsx'
import { isStrong } from './password-rules.ts'
import { signUp } from './session-store.ts'
import { signUpErrors, type SignUpField } from './sign-up-errors.ts'

interface SignUpFormProps {
  onSignedUp: (outcome: { user: User; signedIn: boolean }) => void
}

/** A new account. What is wrong stands at the field that has to change. */
export function SignUpForm({ onSignedUp }: SignUpFormProps) {
  const { registration, setup = false } = useBranding()
  const [values, setValues] = useState({ username: '', password: '', note: '', setupToken: '' })
  const [error, setError] = useState<unknown>(null)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [asksToken, setAsksToken] = useState(false)

  function set(name: SignUpField) {
    return (event: { target: { value: string } }) => {
      setValues({ ...values, [name]: event.target.value })
      setError(null)
    }
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    const fits = usernamePattern.test(values.username.trim())
    if (busy || !fits || !isStrong(values.password, values.username)) return
    setBusy(true)
    setError(null)
    try {
      onSignedUp(await signUp(values))
    } catch (refusal) {
      if (refusal instanceof Refused && refusal.problem.code === 'setup_token_required') {
        setAsksToken(true)
      }
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }

  const refused = signUpErrors(error instanceof Refused ? error.problem : null)
  const isNameWrong = tried && !usernamePattern.test(values.username.trim())
  const isPasswordWrong = tried && !isStrong(values.password, values.username)
  const isElsewhere = error !== null && Object.keys(refused).length === 0
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      {isElsewhere && <Notice tone="danger">{errorText(error)}</Notice>}
      <Field
        label={t('account.username')}
        hint={t('account.usernameRule')}
        error={refused.username ?? (isNameWrong ? t('account.usernameRule') : null)}
      >
        <TextInput
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          required
          maxLength={20}
          value={values.username}
          onChange={set('username')}
        />
      </Field>
      <div className="flex flex-col gap-3">
        <Field
          label={t('account.password')}
          error={refused.password ?? (isPasswordWrong ? t('password.weak') : null)}
        >
          <PasswordInput
            name="password"
            autoComplete="new-password"
            required
            showLabel={t('password.show')}
            hideLabel={t('password.hide')}
            value={values.password}
            onChange={set('password')}
          />
        </Field>
        <PasswordRuleList password={values.password} username={values.username} />
      </div>
      {registration === 'approval' && !setup && (
        <Field label={t('signUp.note')} hint={t('signUp.noteHint')} error={refused.note}>
          <TextArea
            rows={2}
            name="note"
            maxLength={200}
            value={values.note}
            onChange={set('note')}
          />
        </Field>
      )}
      {asksToken && (
        <Field
          label={t('signUp.setupToken')}
          hint={t('signUp.setupTokenHint')}
          error={refused.setupToken}
        >
          <TextInput
            name="setup-token"
            autoComplete="off"
            spellCheck={false}
            value={values.setupToken}
            onChange={set('setupToken')}
          />
        </Field>
      )}
      <Button type="submit" variant="primary" size="large" loading={busy}>
        {t('signUp.submit')}
      </Button>
    </form>
  )
}
