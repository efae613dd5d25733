import type { Problem, ProblemCode } from '#contract/problems.ts'
import { Quota } from '#contract/quotas.ts'

/** What somebody can do about a reply or a send that failed. */
export interface FailureAdvice {
  canRetry: boolean
  otherModel: boolean
  /** When it can work again, where that is known. */
  waitUntil: number | null
  signIn: boolean
  /** One sentence more, `message.advice.…`. */
  hint: 'otherModel' | 'admin' | 'shorten' | 'retry' | null
}

const passing: ProblemCode[] = [
  'provider_unavailable',
  'provider_timeout',
  'provider_stalled',
  'provider_bad_reply',
  'empty_reply',
  'reasoning_only',
  'storage_unavailable',
  'internal',
]
const modelsFault: ProblemCode[] = [
  'model_not_found',
  'model_denied',
  'model_unsuitable',
  'content_blocked',
  'provider_refused',
]
const connectionsFault: ProblemCode[] = [
  'provider_auth',
  'provider_quota',
  'connection_unusable',
  'misconfigured',
]
const tooLong: ProblemCode[] = ['context_too_long', 'message_too_long']
const untilReset: ProblemCode[] = ['quota_exceeded', 'token_budget_exceeded']

/** What to offer for `problem`, which came up `at`; null is a server that was not reached. */
export function failureAdvice(problem: Problem | null, at: number): FailureAdvice {
  const none = { canRetry: true, otherModel: false, waitUntil: null, signIn: false, hint: null }
  if (!problem) return none
  const { code } = problem
  if (problem.status === 401) return { ...none, signIn: true }
  if (untilReset.includes(code)) {
    const signIn = problem['signInHelps'] === true
    return { ...none, canRetry: false, signIn, waitUntil: resetOf(problem) }
  }
  if (tooLong.includes(code)) {
    return { ...none, canRetry: false, otherModel: code === 'context_too_long', hint: 'shorten' }
  }
  if (connectionsFault.includes(code)) return { ...none, otherModel: true, hint: 'admin' }
  if (modelsFault.includes(code)) return { ...none, otherModel: true, hint: 'otherModel' }
  const waitUntil = waitOf(problem, at)
  if (code === 'provider_rate_limited') return { ...none, otherModel: true, waitUntil }
  return { ...none, waitUntil, hint: passing.includes(code) ? 'retry' : null }
}

function waitOf(problem: Problem, at: number): number | null {
  const { retryAfterMs } = problem
  return typeof retryAfterMs === 'number' && retryAfterMs > 0 ? at + retryAfterMs : null
}

function resetOf(problem: Problem): number | null {
  const quota = Quota.safeParse(problem['quota'])
  return quota.success ? quota.data.resetsAt : null
}
