import type { ProblemCode } from '../../contract/problems.ts'
import type { Fault } from '../../platform/fault.ts'
import { toOpenAiError } from '../openai-error.ts'

/** The words a response has for why it failed, of which there are few. */
const codes: Partial<Record<ProblemCode, string>> = {
  provider_rate_limited: 'rate_limit_exceeded',
  rate_limited: 'rate_limit_exceeded',
  invalid_request: 'invalid_prompt',
  context_too_long: 'invalid_prompt',
  content_blocked: 'invalid_prompt',
  provider_refused: 'invalid_prompt',
}

/** A fault as a response that failed tells it. */
export function responseErrorOf(fault: Fault): { code: string; message: string } {
  const { message } = toOpenAiError(fault, '').body.error
  return { code: codes[fault.code] ?? 'server_error', message }
}
