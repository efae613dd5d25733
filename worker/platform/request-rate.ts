import { deploymentOf, type Bindings } from './env.ts'
import { Fault } from './fault.ts'

const windowMs = 60_000
const subjectsMax = 20_000

const windows = new Map<string, { count: number; endsAt: number }>()

/**
 * Counts a request of `subject` and refuses `rate_limited` above `max` a minute. Counted in this
 * isolate alone: it damps a flood and costs no storage; the exact limits are the quotas.
 */
export function requireRate(env: Bindings, subject: string, max: number, now: number): void {
  if (!deploymentOf(env).damping) return
  const known = windows.get(subject)
  if (!known || known.endsAt <= now) {
    if (windows.size >= subjectsMax) windows.clear()
    windows.set(subject, { count: 1, endsAt: now + windowMs })
    return
  }
  known.count++
  if (known.count > max) throw new Fault('rate_limited', { retryAfterMs: known.endsAt - now })
}
