import type { GenerationEvent, TerminalEvent } from '../contract/generation-events.ts'
import type { Metrics, Usage } from '../contract/usage.ts'
import { toProblem } from '../platform/fault.ts'
import type { ProviderUsage } from '../providers/provider.ts'
import { refundedQuota } from '../quotas/quota-of.ts'
import type { RunFacts } from './generation-order.ts'
import type { Outcome } from './provider-call.ts'
import { tokensOf } from './tokens.ts'

/** What the run amounts to when it ends, whoever ends it. */
export interface Ending {
  facts: RunFacts
  outcome: Outcome
  by: 'user' | 'admin'
  /** Text and reasoning of this run, without what was carried over. */
  produced: { text: string; reasoning: string }
  usage: ProviderUsage | null
  attempts: number
  fallback: boolean
  firstDeltaAt: number | null
  endedAt: number
}

/** The last events of a log, the terminal one at the end. Pure: the same ending, the same events. */
export function finalEvents(ending: Ending): GenerationEvent[] {
  const { facts, outcome } = ending
  const usage = settledUsage(ending)
  const events: GenerationEvent[] = []
  if (outcome.type === 'ended') {
    events.push({ type: 'stop', reason: outcome.stop.reason, raw: outcome.stop.raw })
  }
  if (facts.emitUsage) {
    const tokens = (usage.inputTokens ?? facts.promptTokens) + (usage.outputTokens ?? 0)
    events.push({
      type: 'usage',
      phase: 'final',
      usage,
      context: { tokens, tokensMax: facts.contextWindow },
    })
  }
  if (isRefunded(ending)) events.push({ type: 'quota', quota: refundedQuota(facts.quota) })
  events.push(terminal(ending, metricsOf(ending, usage)))
  return events
}

/** A run that produced nothing gives its unit back. */
export function isRefunded({ facts, produced }: Pick<Ending, 'facts' | 'produced'>): boolean {
  return facts.costs && produced.text === '' && produced.reasoning === ''
}

function terminal({ facts, outcome, by }: Ending, metrics: Metrics): TerminalEvent {
  switch (outcome.type) {
    case 'ended':
      return { type: 'complete', metrics }
    case 'cancelled':
      return { type: 'cancelled', by, metrics }
    case 'failed':
      return {
        type: 'error',
        problem: toProblem(outcome.fault, facts.requestId, facts.language),
        metrics,
      }
    default:
      return outcome satisfies never
  }
}

/** The provider's figures, what it left out estimated, or nothing when only its own may count. */
export function settledUsage({ facts, produced, usage, attempts }: Ending): Usage {
  const told = usage !== null && ((usage.inputTokens ?? 0) > 0 || (usage.outputTokens ?? 0) > 0)
  if (facts.providerUsageOnly && !told) {
    return {
      inputTokens: null,
      outputTokens: null,
      reasoningTokens: null,
      cachedTokens: null,
      totalTokens: null,
      source: 'provider',
    }
  }
  const hasProduced = produced.text !== '' || produced.reasoning !== ''
  const outputEstimate = tokensOf(produced.text) + tokensOf(produced.reasoning)
  const inputEstimate = attempts > 0 || hasProduced ? facts.promptTokens : 0
  const inputTokens = (told ? usage.inputTokens : null) ?? inputEstimate
  const outputTokens = (told ? usage.outputTokens : null) ?? outputEstimate
  const isWhole = told && usage.inputTokens !== null && usage.outputTokens !== null
  return {
    inputTokens,
    outputTokens,
    reasoningTokens: usage?.reasoningTokens ?? null,
    cachedTokens: usage?.cachedTokens ?? null,
    totalTokens: (isWhole ? usage.totalTokens : null) ?? inputTokens + outputTokens,
    source: isWhole ? 'provider' : 'estimate',
  }
}

export function metricsOf(
  { facts, firstDeltaAt, endedAt, attempts, fallback }: Ending,
  usage: Usage,
): Metrics {
  const seconds = firstDeltaAt === null ? 0 : (endedAt - firstDeltaAt) / 1_000
  const speed = usage.outputTokens !== null && seconds > 0 ? usage.outputTokens / seconds : null
  return {
    firstTokenMs: firstDeltaAt === null ? null : Math.max(0, firstDeltaAt - facts.acceptedAt),
    durationMs: Math.max(0, endedAt - facts.acceptedAt),
    tokensPerSecond: speed === null ? null : Math.round(speed * 10) / 10,
    attempts,
    fallback,
  }
}
