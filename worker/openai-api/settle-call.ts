import type { Id } from '../contract/ids.ts'
import type { ProblemCode } from '../contract/problems.ts'
import type { Bindings } from '../platform/env.ts'
import type { ProviderUsage } from '../providers/provider.ts'

/** What a call came to. */
export interface CallOutcome {
  state: 'complete' | 'cancelled' | 'interrupted' | 'failed'
  problemCode: ProblemCode | null
  /** Gives the unit back that it took, because nothing came of it. */
  refunded: boolean
  usage: ProviderUsage
  usageSource: 'provider' | 'estimate'
  firstTokenMs: number | null
  durationMs: number
  attempts: number
}

/**
 * Writes the end of a call: charge and record, in one batch. Repeating it changes nothing. One that
 * failed is no answer to keep for its Idempotency-Key: the next with it is a call of its own.
 */
export async function settleCall(
  env: Bindings,
  id: Id<'response'>,
  { usage, ...outcome }: CallOutcome,
  now: number,
): Promise<void> {
  const refunded = outcome.refunded ? 1 : 0
  await env.DB.batch([
    env.DB.prepare(
      `update quota_usage set messages = max(0, messages - ?2), tokens = tokens + ?3
       where day = (select quota_day from generations where reply_id = ?1 and ended_at is null)
         and subject in (select subjects.value from generations, json_each(quota_subjects) as subjects
           where reply_id = ?1 and ended_at is null)`,
    ).bind(id, refunded, usage.totalTokens ?? 0),
    env.DB.prepare(
      `update generations set ended_at = ?2, state = ?3, problem_code = ?4, refunded = ?5,
         input_tokens = ?6, output_tokens = ?7, reasoning_tokens = ?8, cached_tokens = ?9,
         total_tokens = ?10, usage_source = ?11, first_token_ms = ?12, duration_ms = ?13, attempts = ?14
       where reply_id = ?1 and ended_at is null`,
    ).bind(
      id,
      now,
      outcome.state,
      outcome.problemCode,
      refunded,
      usage.inputTokens,
      usage.outputTokens,
      usage.reasoningTokens,
      usage.cachedTokens,
      usage.totalTokens,
      outcome.usageSource,
      outcome.firstTokenMs,
      outcome.durationMs,
      outcome.attempts,
    ),
    ...(outcome.state === 'failed'
      ? [env.DB.prepare(`update kept_calls set idempotency = null where id = ?1`).bind(id)]
      : []),
  ])
}
