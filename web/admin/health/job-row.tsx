import { runJob, type Job } from '#contract/jobs.ts'
import { call } from '../../api/call.ts'
import { errorText } from '../../api/error-text.ts'
import { Refused } from '../../api/refused.ts'
import { currentLanguage, t } from '../../text/i18n.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TimeSince } from '../../ui/time-since.tsx'
import { toast } from '../../ui/toast.ts'
import { useAttempt } from '../use-attempt.ts'

interface JobRowProps {
  job: Job
  onChange: (job: Job) => void
  /** What is known of the jobs may be out of date. */
  onRefused: () => void
}

/** What a job is for, how its last run went, and a button that runs it now. */
export function JobRow({ job, onChange, onRefused }: JobRowProps) {
  const { name, isRunning } = job
  const [busy, attempt] = useAttempt(jobErrorText)
  const label = t(`jobs.name.${name}`)
  const run = () =>
    attempt(async () => {
      try {
        const done = await call(runJob, { params: { name } })
        onChange(done)
        if (done.ok) toast(t('jobs.done', { name: label }), { tone: 'success' })
      } catch (error) {
        onRefused()
        throw error
      }
    })
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 px-5 py-4">
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
        <div className="flex flex-wrap items-center gap-2">
          <h3 className="text-sm font-medium">{label}</h3>
          <JobBadge job={job} />
        </div>
        <p className="text-sm text-muted">{t(`jobs.about.${name}`)}</p>
        <LastRun job={job} />
      </div>
      <Button
        size="small"
        loading={busy || isRunning}
        aria-label={t('jobs.runNamed', { name: label })}
        className="max-sm:w-full"
        onClick={run}
      >
        {t('jobs.run')}
      </Button>
    </li>
  )
}

function JobBadge({ job: { isRunning, isUnfinished, ok } }: { job: Job }) {
  if (isRunning) return <Badge tone="accent">{t('jobs.running')}</Badge>
  if (ok === false) return <Badge tone="danger">{t('jobs.failed')}</Badge>
  if (isUnfinished) return <Badge tone="warning">{t('jobs.unfinished')}</Badge>
  return ok && <Badge tone="success">{t('jobs.ok')}</Badge>
}

function LastRun({ job }: { job: Job }) {
  const { lastRunAt, durationMs, ok, problem, isUnfinished, every } = job
  if (lastRunAt === null) {
    return (
      <p className="text-sm">
        {t(`jobs.every.${every}`)} · {t('jobs.never')}
      </p>
    )
  }
  return (
    <div className="text-sm">
      <p>
        {t(`jobs.every.${every}`)} · {t('jobs.lastRun')} <TimeSince at={lastRunAt} />
        {durationMs !== null && ` · ${t('jobs.took', { time: durationText(durationMs) })}`}
        {ok && ` · ${removedText(job)}`}
      </p>
      {isUnfinished && <p className="text-muted">{t('jobs.unfinishedText')}</p>}
      {ok === false && problem && <p className="text-danger [overflow-wrap:anywhere]">{problem}</p>}
    </div>
  )
}

function removedText({ name, removed: n }: Job): string {
  if (n === 0) return t('jobs.nothing')
  if (name === 'replies') return t('jobs.woken', { n })
  return name === 'models' ? t('jobs.fetched', { n }) : t('jobs.removed', { n })
}

function durationText(ms: number): string {
  if (ms < 1_000) return t('health.latency', { n: ms })
  const digits = ms < 10_000 ? 1 : 0
  const n = (ms / 1_000).toLocaleString(currentLanguage(), { maximumFractionDigits: digits })
  return t('jobs.seconds', { n })
}

function jobErrorText(error: unknown): string {
  const isBusy = error instanceof Refused && error.problem.code === 'conflict'
  return isBusy ? t('jobs.busy') : errorText(error)
}
