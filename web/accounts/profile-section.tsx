import { mintedAt } from '#contract/ids.ts'
import type { Quota } from '#contract/quotas.ts'
import { useMe } from '../api/me.ts'
import { useQuota } from '../api/quota-text.ts'
import { currentLanguage, t } from '../text/i18n.ts'
import { momentText } from '../text/moment-text.ts'
import { Card, CardRow } from '../ui/card.tsx'
import { Meter } from '../ui/meter.tsx'
import { Section } from '../ui/section.tsx'
import { AvatarForm } from './avatar-form.tsx'
import { UsernameForm } from './username-form.tsx'

/** Who one is here: picture, name, role, and what may be sent today. */
export function ProfileSection() {
  const quota = useQuota()
  return (
    <>
      <AvatarForm />
      <UsernameForm />
      <Membership />
      {quota && <Today quota={quota} />}
    </>
  )
}

function Membership() {
  const { actor } = useMe()
  if (actor?.type !== 'user') return null
  const since = new Date(mintedAt(actor.id))
  return (
    <Section title={t('profile.membership')}>
      <Card>
        <CardRow
          id="profile.role"
          label={t('profile.role')}
          hint={t(`profile.roleHint.${actor.role}`)}
        >
          <span className="text-sm">{t(`role.${actor.role}`)}</span>
        </CardRow>
        <CardRow id="profile.since" label={t('profile.since')}>
          <time dateTime={since.toISOString()} className="text-sm">
            {since.toLocaleDateString(currentLanguage(), { dateStyle: 'long' })}
          </time>
        </CardRow>
      </Card>
    </Section>
  )
}

function Today({ quota }: { quota: Quota }) {
  const { limit, used, custom, resetsAt, timeZone, tokens } = quota
  const time = momentText(resetsAt)
  return (
    <Section
      id="profile.today"
      title={t('profile.today')}
      hint={t('profile.resets', { time, zone: timeZone.replaceAll('_', ' ') })}
    >
      <Card className="divide-y-0 space-y-4 p-5">
        <Meter
          label={
            limit === null
              ? t('profile.messagesFree', { used })
              : t('profile.messages', { used, limit })
          }
          value={used}
          max={limit}
        />
        {tokens && tokens.limit !== null && (
          <Meter
            label={t('profile.tokens', { used: tokens.used, limit: tokens.limit })}
            value={tokens.used}
            max={tokens.limit}
          />
        )}
        {custom && <p className="text-sm text-muted">{t('profile.custom')}</p>}
      </Card>
    </Section>
  )
}
