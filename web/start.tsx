import { useEffect, useState, type ReactNode } from 'react'
import { Offline } from './api/refused.ts'
import { t } from './text/i18n.ts'
import { Button } from './ui/button.tsx'
import { ErrorState } from './ui/error-state.tsx'

interface StartProps {
  /** Finds out what the page cannot do without. Rejecting, it may be tried again. */
  begin: () => Promise<void>
  children: ReactNode
}

type Outcome = { type: 'waiting' } | { type: 'ready' } | { type: 'failed'; error: unknown }

/** Shows nothing until the page can be shown whole, or why it cannot. */
export function Start({ begin, children }: StartProps) {
  const [outcome, setOutcome] = useState<Outcome>({ type: 'waiting' })

  function attempt() {
    begin().then(
      () => setOutcome({ type: 'ready' }),
      (error: unknown) => setOutcome({ type: 'failed', error }),
    )
  }
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- later attempts belong to the button
  useEffect(attempt, [])

  if (outcome.type === 'ready') return children
  if (outcome.type === 'waiting') return null
  const isOffline = outcome.error instanceof Offline
  const detail = outcome.error instanceof Error ? outcome.error.message : ''
  return (
    <main className="flex h-full items-center justify-center">
      <ErrorState
        title={isOffline ? t('error.offline') : t('error.title')}
        detail={isOffline ? null : detail}
        action={<Button onClick={attempt}>{t('common.retry')}</Button>}
      />
    </main>
  )
}
