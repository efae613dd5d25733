import { useState, type FormEvent } from 'react'
import { changePassword } from '#contract/accounts.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { useMe } from '../api/me.ts'
import { Refused } from '../api/refused.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Field } from '../ui/field.tsx'
import { NewPasswordField } from '../ui/new-password-field.tsx'
import { Notice } from '../ui/notice.tsx'
import { PasswordInput } from '../ui/password-input.tsx'
import { isStrong } from '../ui/password-rules.ts'
import { Section } from '../ui/section.tsx'
import { toast } from '../ui/toast.ts'

/** A new password; it signs out every other browser. */
export function PasswordForm() {
  const { actor } = useMe()
  const username = actor?.type === 'user' ? actor.username : ''
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await call(changePassword, { body: { current, next } })
      setCurrent('')
      setNext('')
      toast(t('security.passwordChanged'), { tone: 'success' })
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }

  const code = error instanceof Refused ? error.problem.code : null
  const isKnown = code === 'wrong_credentials' || code === 'weak_password'
  return (
    <Section
      id="security.password"
      title={t('security.password')}
      hint={t('security.passwordHint')}
    >
      <Card>
        <form onSubmit={submit} className="flex flex-col gap-5 p-5">
          <input
            type="text"
            name="username"
            autoComplete="username"
            value={username}
            readOnly
            hidden
          />
          {error !== null && !isKnown && <Notice tone="danger">{errorText(error)}</Notice>}
          <Field
            label={t('security.current')}
            error={code === 'wrong_credentials' ? t('security.currentWrong') : null}
          >
            <PasswordInput
              name="current-password"
              autoComplete="current-password"
              required
              showLabel={t('password.show')}
              hideLabel={t('password.hide')}
              value={current}
              onChange={({ target }) => setCurrent(target.value)}
            />
          </Field>
          <NewPasswordField
            label={t('security.next')}
            username={username}
            value={next}
            error={code === 'weak_password' ? errorText(error) : null}
            onChange={setNext}
          />
          <div>
            <Button
              type="submit"
              variant="primary"
              loading={busy}
              disabled={current === '' || !isStrong(next, username)}
            >
              {t('security.change')}
            </Button>
          </div>
        </form>
      </Card>
    </Section>
  )
}
