import type { ReactNode } from 'react'
import { CircleAlert, RotateCcw, Shuffle, X } from 'lucide-react'
import type { Problem } from '#contract/problems.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { useSignInPath } from '../ui/navigation.tsx'
import { durationText, useNow } from './clock.ts'
import { failureAdvice } from './failure-advice.ts'
import { momentText } from '../text/moment-text.ts'
import { problemText } from '../api/problem-text.ts'

interface FailureBoxProps {
  /** Null: the server was not reached. */
  problem: Problem | null
  /** When it happened. */
  at: number
  /** What has not happened because of it; without it the problem speaks for itself. */
  title?: string
  onRetry: () => void
  onOtherModel?: () => void
  onDismiss?: () => void
}

/** A problem in plain words, what can be done about it, and the details for whoever helps. */
export function FailureBox(props: FailureBoxProps) {
  const { problem, at, title, onRetry, onOtherModel, onDismiss } = props
  const advice = failureAdvice(problem, at)
  return (
    <div role="alert" className="my-2 rounded-card bg-danger-soft px-4 py-3 text-sm">
      <div className="flex gap-3">
        <CircleAlert aria-hidden className="mt-0.5 size-4.5 shrink-0 text-danger" />
        <div className="min-w-0 flex-1 space-y-1 [overflow-wrap:anywhere]">
          <p className="font-medium">
            {title && `${title} `}
            {problem ? problemText(problem) : t('composer.notReached')}
          </p>
          <ProviderWords problem={problem} />
          {advice.waitUntil !== null && <WaitLine until={advice.waitUntil} />}
          {advice.hint && <p className="text-muted">{t(`message.advice.${advice.hint}`)}</p>}
        </div>
        {onDismiss && (
          <IconButton
            size="small"
            label={t('common.dismiss')}
            onClick={onDismiss}
            icon={<X className="size-4" />}
          />
        )}
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-2 pl-7.5">
        {advice.signIn && <SignInLink />}
        {advice.canRetry && (
          <Button size="small" icon={<RotateCcw className="size-4" />} onClick={onRetry}>
            {t('message.retry')}
          </Button>
        )}
        {advice.otherModel && onOtherModel && (
          <Button size="small" icon={<Shuffle className="size-4" />} onClick={onOtherModel}>
            {t('message.retryWith')}
          </Button>
        )}
      </div>
      {problem && <Details problem={problem} />}
    </div>
  )
}

/** Up to here a wait is counted down. */
const countdownMsMax = 120_000

/** When it may work again; nothing once that moment has come. */
function WaitLine({ until }: { until: number }) {
  const leftMs = until - useNow()
  if (leftMs <= 0) return null
  return (
    <p className="tabular-nums">
      {leftMs < countdownMsMax
        ? t('message.advice.waitFor', { time: durationText(leftMs) })
        : t('message.advice.wait', { when: momentText(until) })}
    </p>
  )
}

function SignInLink() {
  return (
    <LinkButton to={useSignInPath()} variant="primary" size="small">
      {t('signIn.submit')}
    </LinkButton>
  )
}

function ProviderWords({ problem }: { problem: Problem | null }): ReactNode {
  const provider = problem?.['provider']
  if (typeof provider !== 'object' || provider === null || !('message' in provider)) return null
  if (typeof provider.message !== 'string' || provider.message === '') return null
  return <p className="text-muted">{t('message.providerSays', { text: provider.message })}</p>
}

function Details({ problem }: { problem: Problem }) {
  return (
    <Disclosure summary={t('common.details')} className="mt-1 pl-6">
      <dl className="mb-1 mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 pl-2 text-xs text-muted">
        <dt>{t('message.code')}</dt>
        <dd className="font-mono">{problem.code}</dd>
        <dt>{t('message.requestId')}</dt>
        <dd className="break-all font-mono">{problem.requestId}</dd>
      </dl>
    </Disclosure>
  )
}
