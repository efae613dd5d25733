import { useState, type FormEvent } from 'react'
import type { Quota } from '#contract/quotas.ts'
import { getSettings } from '#contract/settings.ts'
import type { Settings } from '#contract/settings-registry.ts'
import { setUserLimits, type UserDetails } from '#contract/users.ts'
import { call } from '../../api/call.ts'
import { useMe } from '../../api/me.ts'
import { useRequest } from '../../api/use-request.ts'
import { t } from '../../text/i18n.ts'
import { momentText } from '../../text/moment-text.ts'
import { Button } from '../../ui/button.tsx'
import { Meter } from '../../ui/meter.tsx'
import { toast } from '../../ui/toast.ts'
import { useAttempt } from '../use-attempt.ts'
import { accountErrorText } from './account-problem.ts'
import { LimitField } from './limit-field.tsx'
import { draftOf, limitKeys, limitMax, limitOf, type LimitKey } from './limits-draft.ts'

interface UserLimitsProps {
  details: UserDetails
  /** What is known of the account is out of date. */
  onChange: () => void
}

/** What somebody has used today, and how much it may be. */
export function UserLimits({ details, onChange }: UserLimitsProps) {
  const { id, limits, quota } = details
  const { actor } = useMe()
  const defaults = useInstalledLimits()
  const [draft, setDraft] = useState(() => draftOf(limits))
  const [busy, attempt] = useAttempt(accountErrorText)
  // Administrators who could lock themselves out of the chat would have nobody to ask.
  const isOwn = id === actor?.id
  const boundsOf = (key: LimitKey) => ({
    min: isOwn && key === 'messagesPerDay' ? 1 : 0,
    max: limitMax[key],
  })
  const stored = draftOf(limits)
  const wanted = limitKeys.map((key) => [key, limitOf(draft[key], boundsOf(key))] as const)
  const isUnfit = wanted.some(([, limit]) => limit === 'unfit')
  const changed = wanted.filter(([key, limit]) => limit !== limitOf(stored[key], boundsOf(key)))

  const send = (body: object, said: string) =>
    attempt(async () => {
      await call(setUserLimits, { params: { id }, body })
      toast(said, { tone: 'success' })
      onChange()
    })
  function save(event: FormEvent) {
    event.preventDefault()
    if (!busy && !isUnfit) void send(Object.fromEntries(changed), t('users.limitsSaved'))
  }

  return (
    <section className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h3 className="text-sm font-semibold">{t('users.today')}</h3>
          <p className="text-sm text-muted">
            {t('users.resetsAt', { time: momentText(quota.resetsAt) })}
          </p>
        </div>
        <Button
          size="small"
          disabled={busy || (quota.used === 0 && !quota.tokens?.used)}
          onClick={() => send({ resetUsed: true }, t('users.usedReset'))}
        >
          {t('users.resetUsed')}
        </Button>
      </div>
      <Used quota={quota} />
      <form onSubmit={save} noValidate className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          {limitKeys.map((key) => (
            <LimitField
              key={key}
              name={key}
              draft={draft[key]}
              installed={defaults?.[key]}
              bounds={boundsOf(key)}
              onChange={(next) => setDraft({ ...draft, [key]: next })}
            />
          ))}
        </div>
        {isOwn && <p className="text-sm text-muted">{t('users.ownLimit')}</p>}
        {changed.length > 0 && (
          <div className="flex gap-2">
            <Button type="submit" variant="primary" size="small" loading={busy} disabled={isUnfit}>
              {t('common.save')}
            </Button>
            <Button variant="ghost" size="small" onClick={() => setDraft(stored)}>
              {t('settings.revert')}
            </Button>
          </div>
        )}
      </form>
    </section>
  )
}

function Used({ quota: { used, limit, tokens } }: { quota: Quota }) {
  return (
    <div className="flex flex-col gap-3">
      <Meter label={usedText('messages', used, limit)} value={used} max={limit} />
      {tokens && (
        <Meter
          label={usedText('tokens', tokens.used, tokens.limit)}
          value={tokens.used}
          max={tokens.limit}
        />
      )}
    </div>
  )
}

function usedText(what: 'messages' | 'tokens', used: number, limit: number | null): string {
  return limit === null
    ? t(`users.used.${what}`, { n: used })
    : t(`users.usedOf.${what}`, { n: used, limit })
}

/** What limits everybody who has no limits of their own; undefined until it is known. */
function useInstalledLimits(): Record<LimitKey, number | null> | undefined {
  const { latest } = useRequest('settings', (signal) => call(getSettings, { signal }))
  if (!latest) return undefined
  const values = latest.values as Partial<Settings>
  return {
    messagesPerDay: values['quota.user.messagesPerDay'] ?? null,
    tokensPerDay: values['quota.user.tokensPerDay'] ?? null,
  }
}
