import type { FinishReason } from '../contract/parts.ts'
import { Fault } from '../platform/fault.ts'
import type { ProviderEvent, ToolCall } from './provider.ts'

/** What a reply that is whole has come to. */
interface Whole {
  calls: readonly ToolCall[]
  /** Null when the provider has not said why it ended. */
  reason: FinishReason | null
  raw: string | null
  hasText: boolean
  /** What a filter objected to, as far as it was told. */
  category: string | null
  /** What goes back with the results of the calls. */
  carried?: readonly unknown[]
}

/** The end of a reply. Refuses `content_blocked` where a filter has left nothing of it. */
export function lastEvents({
  calls,
  reason,
  raw,
  hasText,
  category,
  carried = [],
}: Whole): ProviderEvent[] {
  const hasCalls = calls.length > 0
  if (reason === 'content_filter' && !hasText && !hasCalls) {
    throw new Fault('content_blocked', { category })
  }
  // Servers say `stop`, or nothing, where they mean that tools are to be called.
  const isUnsaid = reason === null || reason === 'stop'
  return [
    ...calls.map((call) => ({ type: 'tool-call', call }) as const),
    ...(hasCalls ? carried.map((each) => ({ type: 'carry', carried: each }) as const) : []),
    { type: 'stop', reason: hasCalls && isUnsaid ? 'tool_calls' : (reason ?? 'other'), raw },
  ]
}
