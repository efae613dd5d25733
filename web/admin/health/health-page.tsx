import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import type { Health } from '#contract/health.ts'
import { errorText } from '../../api/error-text.ts'
import { t } from '../../text/i18n.ts'
import { timeAgo } from '../../text/time-ago.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { classNames } from '../../ui/class-names.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { JobRow } from './job-row.tsx'
import { useHealth } from './use-health.ts'

/** Whether every part works, and how what runs by itself went. */
export default function HealthPage() {
  const { known, error, putJob, renew } = useHealth()
  return (
    <>
      <Section title={t('settings.health')} hint={t('health.hint')}>
        {!known && error === null && <Waiting />}
        {!known && error !== null && (
          <ErrorState
            title={t('error.title')}
            detail={errorText(error)}
            action={<Button onClick={renew}>{t('common.retry')}</Button>}
          />
        )}
        {known && error !== null && (
          <Notice tone="warning">{t('health.stale', { when: timeAgo(known.at) })}</Notice>
        )}
        {known && <Parts health={known.health} />}
      </Section>
      {known && (
        <Section title={t('jobs.title')} hint={t('jobs.hint')}>
          <ul className="divide-y divide-line rounded-card border border-line bg-surface shadow-soft dark:bg-raised/40">
            {known.jobs.map((job) => (
              <JobRow key={job.name} job={job} onChange={putJob} onRefused={renew} />
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

const looks = {
  ok: { icon: CircleCheck, className: 'text-success' },
  degraded: { icon: TriangleAlert, className: 'text-warning' },
  down: { icon: CircleAlert, className: 'text-danger' },
}
const parts = ['database', 'objects', 'files'] as const

function Parts({ health: { status, checks, version, migration } }: { health: Health }) {
  const { icon: Icon, className } = looks[status]
  return (
    <Card>
      <p role="status" className="flex items-center gap-3 px-5 py-4 text-base font-medium">
        <Icon aria-hidden className={classNames('size-5 shrink-0', className)} />
        {t(`health.${status}`)}
      </p>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 px-5 py-4 sm:grid-cols-3">
        {parts.map((part) => (
          <Fact key={part} label={t(`health.check.${part}`)}>
            <span className={classNames(!checks[part].ok && 'text-danger')}>
              {t(checks[part].ok ? 'health.working' : 'health.failing')}
            </span>{' '}
            <span className="text-muted tabular-nums">
              {t('health.latency', { n: checks[part].latencyMs })}
            </span>
          </Fact>
        ))}
        <Fact label={t('health.version')}>{version || t('health.unknown')}</Fact>
        <Fact label={t('health.migration')}>
          <span className="[overflow-wrap:anywhere]">{migration ?? t('health.unknown')}</span>
        </Fact>
      </dl>
    </Card>
  )
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="text-sm">{children}</dd>
    </div>
  )
}

function Waiting() {
  return (
    <div role="status" aria-label={t('common.loading')} className="flex flex-col gap-3">
      <Skeleton className="h-36 w-full" />
      <Skeleton className="h-72 w-full" />
    </div>
  )
}
