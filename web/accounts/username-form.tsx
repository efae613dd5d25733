import { useState, type FormEvent } from 'react'
import { updateMe } from '#contract/accounts.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { setMe, useMe } from '../api/me.ts'
import { Refused } from '../api/refused.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Notice } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { toast } from '../ui/toast.ts'
import { UsernameField } from '../ui/username-field.tsx'
import { isUsername } from '../ui/username-rule.ts'
import { signUpErrors } from './sign-up-errors.ts'

/** Another name for the same account; the whole page knows it at once. */
export function UsernameForm() {
  const { actor } = useMe()
  const current = actor?.type === 'user' ? actor.username : ''
  const [typed, setTyped] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const username = typed ?? current
  const isChanged = username.trim() !== current

  function change(next: string | null) {
    setTyped(next)
    setTried(false)
    setError(null)
  }
  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (busy || !isChanged || !isUsername(username)) return
    setBusy(true)
    setError(null)
    try {
      setMe(await call(updateMe, { body: { username: username.trim() } }))
      change(null)
      toast(t('security.usernameChanged'), { tone: 'success' })
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }

  const refused = signUpErrors(error instanceof Refused ? error.problem : null).username
  const ruleError = tried && !isUsername(username) ? t('account.usernameRule') : null
  return (
    <Section id="account.username" title={t('account.username')} hint={t('security.usernameHint')}>
      <Card>
        <form onSubmit={submit} noValidate className="flex flex-col gap-5 p-5">
          {error !== null && !refused && <Notice tone="danger">{errorText(error)}</Notice>}
          <UsernameField
            value={username}
            lengthMax={20}
            hint={t('account.usernameRule')}
            error={refused ?? ruleError}
            onChange={change}
          />
          <div className="flex gap-2">
            <Button type="submit" variant="primary" loading={busy} disabled={!isChanged}>
              {t('security.changeUsername')}
            </Button>
            {typed !== null && isChanged && (
              <Button variant="ghost" onClick={() => change(null)}>
                {t('settings.revert')}
              </Button>
            )}
          </div>
        </form>
      </Card>
    </Section>
  )
}
