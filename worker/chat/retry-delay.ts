import type { ProblemCode } from '../contract/problems.ts'
import type { Fault } from '../platform/fault.ts'

const secondMs = 1_000
const waitMsMax = 60 * secondMs
const waitAfterLimitMs = 15 * secondMs
const waitAfterFaultMs = 2 * secondMs

const passing: readonly ProblemCode[] = [
  'provider_unavailable',
  'provider_timeout',
  'provider_stalled',
  'interrupted',
  // An image could not be read from storage.
  'storage_unavailable',
]

/** How long to wait before the same call is made again, or null when that is of no use. */
export function retryDelay({ code, members }: Fault): number | null {
  if (code === 'provider_rate_limited') {
    const asked = members['retryAfterMs']
    const wait = typeof asked === 'number' ? Math.max(secondMs, asked) : waitAfterLimitMs
    return wait > waitMsMax ? null : wait
  }
  return isPassing(code) && members['isTotal'] !== true ? waitAfterFaultMs : null
}

/** Whether a call without streaming may still succeed after streams that ended so. */
export function deservesFallback({ code, members }: Fault): boolean {
  return (isPassing(code) || code === 'empty_reply') && members['isTotal'] !== true
}

function isPassing(code: ProblemCode): boolean {
  return passing.includes(code)
}
