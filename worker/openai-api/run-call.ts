import type { RunLimits } from '../chat/generation-order.ts'
import { retryDelay } from '../chat/retry-delay.ts'
import { Watchdog } from '../chat/watchdog.ts'
import type { AddressGuard } from '../platform/address-guard.ts'
import { Fault } from '../platform/fault.ts'
import { createUpstream } from '../platform/open-upstream.ts'
import type { Upstream } from '../platform/upstream.ts'
import { asInterruption } from '../providers/play-reply.ts'
import type { HandOn } from './answer.ts'
import type { CallAccount } from './call-account.ts'

export interface CallToRun {
  /** One try. Throws a `Fault` when it fails. */
  attempt(upstream: Upstream, handOn: HandOn): Promise<void>
  handOn: HandOn
  account: CallAccount
  limits: RunLimits
  guard: AddressGuard
  /** Ends the call: whoever asked has left. */
  signal: AbortSignal
}

/**
 * Runs a call to its end, tried again while nothing of its answer has been handed on, by the rules of
 * every other reply. Whatever its end, the connection to the provider is closed. Throws a `Fault`, or
 * what `signal` was aborted with.
 */
export async function runCall(call: CallToRun): Promise<void> {
  const { account, limits, signal } = call
  let hasShown = false
  for (let retries = 0; ; retries++) {
    // An event that has passed is not heard.
    signal.throwIfAborted()
    const attempt = openAttempt(call)
    const handOn = (piece: string) => {
      attempt.watchdog.isReasoning = account.isReasoning
      if (piece === '') return undefined
      hasShown = true
      return call.handOn(piece)
    }
    try {
      return await call.attempt(attempt.upstream, handOn)
    } catch (error) {
      signal.throwIfAborted()
      const fault = attempt.expired() ?? asFault(error)
      const wait = hasShown || retries >= limits.retries ? null : retryDelay(fault)
      if (wait === null) throw settled(fault, hasShown)
      await pause(wait, signal)
    } finally {
      attempt.close()
    }
    account.usage = null
    account.isReasoning = false
  }
}

function openAttempt({ account, limits, guard, signal }: CallToRun) {
  account.attempts++
  const abort = new AbortController()
  const leave = () => abort.abort()
  signal.addEventListener('abort', leave)
  let expired: Fault | null = null
  const watchdog = new Watchdog(limits, account.startedAt, (fault) => {
    expired = fault
    abort.abort()
  })
  const upstream = createUpstream({ signal: abort.signal, guard, alive: () => watchdog.alive() })
  return {
    upstream,
    watchdog,
    expired: () => expired,
    close() {
      watchdog.stop()
      signal.removeEventListener('abort', leave)
      abort.abort()
    },
  }
}

function asFault(error: unknown): Fault {
  const known = asInterruption(error)
  if (known instanceof Fault) return known
  console.error(error)
  return new Fault('internal')
}

/** Where nothing was handed on there is nothing to go on with: the provider just did not answer. */
function settled(fault: Fault, hasShown: boolean): Fault {
  const isLost = fault.code === 'interrupted' && !hasShown
  return isLost ? new Fault('provider_unavailable', {}, { cause: fault }) : fault
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const waited = Promise.withResolvers<void>()
  const timer = setTimeout(waited.resolve, ms)
  signal.addEventListener('abort', () => waited.resolve(), { once: true })
  await waited.promise
  clearTimeout(timer)
  signal.throwIfAborted()
}
