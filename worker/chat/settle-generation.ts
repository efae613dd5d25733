import type { Message } from '../contract/message.ts'
import { isRunning } from '../contract/message.ts'
import type { Part } from '../contract/parts.ts'
import type { Usage } from '../contract/usage.ts'
import { newId } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { toProblem, type Fault } from '../platform/fault.ts'
import type { UnstartedFacts } from './load-order.ts'
import { nextChangeSeq } from '../db/change-seq.ts'
import type { RunFacts } from './generation-order.ts'

export interface Settlement {
  facts: Pick<
    RunFacts,
    'replyId' | 'conversationId' | 'requestId' | 'continuedFrom' | 'saveReasoning'
  >
  /** The reply as its log folds to. */
  message: Pick<Message, 'parts' | 'state' | 'usage' | 'metrics'>
  usage: Usage
  lastSeq: number
  refunded: boolean
  /** Whether text was added to what was carried over, so that the continued reply gives way. */
  hasNewText: boolean
  now: number
}

/**
 * Writes the end of a generation to D1: message, charge, record, in one batch. Every statement asks
 * whether the generation is still open and the last one closes it, so repeating changes nothing.
 */
export async function settleGeneration(env: Bindings, settlement: Settlement): Promise<void> {
  const { facts, message, usage, lastSeq, refunded, now } = settlement
  if (isRunning(message.state)) throw new Error('Only a reply with an ending can be settled.')
  const { replyId, conversationId } = facts
  const open = `exists (select 1 from generations where reply_id = ?1 and ended_at is null)`
  const statements = [
    // The unit goes back to the counters and the day it came from, tokens are counted there too.
    env.DB.prepare(
      `update quota_usage set messages = max(0, messages - ?2), tokens = tokens + ?3
       where day = (select quota_day from generations where reply_id = ?1 and ended_at is null)
         and subject in (select subjects.value from generations,
           json_each(coalesce(quota_subjects, json_array('user:' || owner_id))) as subjects
           where reply_id = ?1 and ended_at is null)`,
    ).bind(replyId, refunded ? 1 : 0, usage.totalTokens ?? 0),
    env.DB.prepare(
      `update messages set parts = ?2, state = ?3, usage = ?4, metrics = ?5, last_seq = ?6, updated_at = ?7
       where id = ?1 and ${open}`,
    ).bind(
      replyId,
      JSON.stringify(storedParts(message.parts, facts.saveReasoning)),
      JSON.stringify(message.state),
      JSON.stringify(usage),
      JSON.stringify(message.metrics),
      lastSeq,
      now,
    ),
    env.DB.prepare(
      `update conversations set input_tokens = input_tokens + ?3, output_tokens = output_tokens + ?4,
         active_at = ?5, revision = revision + 1, change_seq = ${nextChangeSeq('conversations.owner_id')}
       where id = ?2 and ${open}`,
    ).bind(replyId, conversationId, usage.inputTokens ?? 0, usage.outputTokens ?? 0, now),
  ]
  if (facts.continuedFrom && settlement.hasNewText) {
    statements.push(
      env.DB.prepare(
        `update messages set superseded_by = ?1 where id = ?2 and conversation_id = ?3
           and exists (select 1 from messages where id = ?1) and ${open}`,
      ).bind(replyId, facts.continuedFrom, conversationId),
    )
  }
  statements.push(closing(env, settlement))
  await env.DB.batch(statements)
}

function closing(env: Bindings, { facts, message, usage, refunded, now }: Settlement) {
  const { state, metrics } = message
  const code = 'problem' in state ? state.problem.code : null
  return env.DB.prepare(
    `update generations set ended_at = ?2, state = ?3, problem_code = ?4, refunded = ?5,
       input_tokens = ?6, output_tokens = ?7, reasoning_tokens = ?8, cached_tokens = ?9,
       total_tokens = ?10, usage_source = ?11, first_token_ms = ?12, duration_ms = ?13,
       attempts = ?14, request = null
     where reply_id = ?1 and ended_at is null`,
  ).bind(
    facts.replyId,
    now,
    state.type,
    code,
    refunded ? 1 : 0,
    usage.inputTokens,
    usage.outputTokens,
    usage.reasoningTokens,
    usage.cachedTokens,
    usage.totalTokens,
    usage.source,
    metrics?.firstTokenMs ?? null,
    metrics?.durationMs ?? null,
    metrics?.attempts ?? null,
  )
}

/** Reasoning that is not to be kept leaves its duration behind. */
function storedParts(parts: Part[], saveReasoning: boolean): Part[] {
  if (saveReasoning) return parts
  return parts.map((part) => (part.type === 'reasoning' ? { ...part, text: '' } : part))
}

/** Notes that the provider was called; only for those who look at the database meanwhile. */
export async function markRunning(env: Bindings, facts: RunFacts): Promise<void> {
  await env.DB.prepare(
    `update messages set state = '{"type":"running"}' where id = ?1 and state ->> 'type' = 'pending'`,
  )
    .bind(facts.replyId)
    .run()
}

const noUsage: Usage = {
  inputTokens: null,
  outputTokens: null,
  reasoningTokens: null,
  cachedTokens: null,
  totalTokens: null,
  source: 'estimate',
}

/** Ends a reply that never began and cannot: it has no log, so D1 alone tells how it ended. */
export async function failUnstarted(
  env: Bindings,
  { facts, fault }: { facts: UnstartedFacts; fault: Fault },
): Promise<void> {
  const now = Date.now()
  const requestId = newId('request', now)
  const problem = toProblem(fault, requestId, facts.language)
  await settleGeneration(env, {
    facts: { ...facts, requestId, continuedFrom: null, saveReasoning: true },
    message: { parts: [], state: { type: 'failed', problem }, usage: null, metrics: null },
    usage: noUsage,
    lastSeq: 1,
    refunded: facts.costs,
    hasNewText: false,
    now,
  })
}
