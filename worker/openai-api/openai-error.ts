import type { ProblemCode } from '../contract/problems.ts'
import { toProblem, type Fault } from '../platform/fault.ts'

/** OpenAI's error object, as its clients read it. */
export interface OpenAiError {
  error: { message: string; type: string; param: string | null; code: string | null }
}

interface Shape {
  status: number
  type: 'invalid_request_error' | 'insufficient_quota' | 'rate_limit_error' | 'server_error'
  code: string | null
}

const invalid = (status: number, code: string | null): Shape => ({
  status,
  type: 'invalid_request_error',
  code,
})
const limited: Shape = { status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded' }
const spent: Shape = { status: 429, type: 'insufficient_quota', code: 'insufficient_quota' }

const shapes: Partial<Record<ProblemCode, Shape>> = {
  invalid_request: invalid(400, null),
  malformed_json: invalid(400, null),
  unsupported_media_type: invalid(415, null),
  body_too_large: invalid(413, null),
  method_not_allowed: invalid(405, null),
  message_empty: invalid(400, null),
  context_too_long: invalid(400, 'context_length_exceeded'),
  model_unsuitable: invalid(400, null),
  content_blocked: invalid(400, 'content_filter'),
  not_signed_in: invalid(401, 'invalid_api_key'),
  session_ended: invalid(401, 'invalid_api_key'),
  forbidden: invalid(403, 'permission_denied'),
  not_found: invalid(404, 'not_found'),
  model_not_found: invalid(404, 'model_not_found'),
  // Whoever may not use a model is not told that it exists.
  model_denied: invalid(404, 'model_not_found'),
  conflict: invalid(409, null),
  id_conflict: invalid(409, 'idempotency_conflict'),
  rate_limited: limited,
  provider_rate_limited: limited,
  quota_exceeded: spent,
  token_budget_exceeded: spent,
}

/** A fault as OpenAI's clients expect one, with the status they choose their exception by. */
export function toOpenAiError(
  fault: Fault,
  requestId: string,
): { status: number; body: OpenAiError } {
  const problem = toProblem(fault, requestId, 'en')
  const { code, members } = fault
  const provider = members['provider'] as { status: number; message: string } | undefined
  const errors = members['errors'] as { path: string; message: string }[] | undefined
  const known = shapes[code] ?? refusedByProvider(code, provider?.status)
  const {
    status,
    type,
    code: word,
  } = known ?? {
    status: problem.status >= 500 ? problem.status : 502,
    type: 'server_error' as const,
    code,
  }
  // The name of a field that fits, but not this model.
  const parameter = members['parameter'] as string | undefined
  return {
    status,
    body: {
      error: {
        message: messageOf(code, problem.detail, provider?.message, errors),
        type,
        param: parameter ?? (errors?.[0]?.path || (word === 'model_not_found' ? 'model' : null)),
        code: parameter === undefined ? word : 'unsupported_parameter',
      },
    },
  }
}

/** A provider's own refusal of a request goes on with its status: it is about what was sent. */
function refusedByProvider(code: ProblemCode, status: number | undefined): Shape | null {
  if (code !== 'provider_refused' || status === undefined) return null
  return status >= 400 && status < 500 ? invalid(status, null) : null
}

function messageOf(
  code: ProblemCode,
  detail: string,
  providers: string | undefined,
  errors: { path: string; message: string }[] | undefined,
): string {
  if (code === 'not_signed_in') return 'Incorrect API key provided, or it has expired.'
  const isMissing = code === 'model_not_found' || code === 'model_denied'
  if (isMissing) return 'The model does not exist, or you do not have access to it.'
  return errors?.[0]?.message ?? providers ?? detail
}
