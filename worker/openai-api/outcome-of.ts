import { Fault } from '../platform/fault.ts'
import type { CallAccount } from './call-account.ts'
import type { CallOutcome } from './settle-call.ts'

export interface Charging {
  /** Whether the call took a unit, and so gets it back where nothing came of it. */
  costs: boolean
  /** Whether only what the provider tells is charged. */
  providerOnly: boolean
}

/** What a call came to. `error` null has ended it well; `hasLeft`, its caller has. */
export function outcomeOf(
  account: CallAccount,
  error: unknown,
  hasLeft: boolean,
  { costs, providerOnly }: Charging,
): CallOutcome {
  const { usage, source } = account.settled(providerOnly)
  const code = error instanceof Fault ? error.code : error === null ? null : 'internal'
  const state = hasLeft
    ? 'cancelled'
    : code === null
      ? 'complete'
      : account.hasProduced
        ? 'interrupted'
        : 'failed'
  return {
    state,
    problemCode: hasLeft ? null : code,
    refunded: costs && !account.hasProduced,
    usage,
    usageSource: source,
    firstTokenMs: account.firstAt === null ? null : account.firstAt - account.startedAt,
    durationMs: Date.now() - account.startedAt,
    attempts: account.attempts,
  }
}
