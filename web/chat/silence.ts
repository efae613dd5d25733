import type { Phase } from '#contract/generation-events.ts'
import type { Run } from './run.ts'

/** What a run that says nothing is doing, and for how long (until when, for a retry). */
export interface Silence {
  phase: Phase | 'reconnecting'
  ms: number
}

/** Silence up to here needs no explanation. */
const silenceMsMin = 10_000

/** What to say of a silent run; null while there is nothing to explain. */
export function silenceOf(run: Run, now: number): Silence | null {
  if (run.phase === 'retrying' && run.retryAt !== null && run.retryAt > now) {
    return { phase: 'retrying', ms: run.retryAt - now }
  }
  const ms = now - run.heardAt
  if (ms < silenceMsMin) return null
  if (run.reconnecting) return { phase: 'reconnecting', ms }
  const phase = run.phase === null || run.phase === 'retrying' ? 'waiting' : run.phase
  return { phase, ms }
}
