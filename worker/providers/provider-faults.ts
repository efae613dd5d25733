import { Fault } from '../platform/fault.ts'
import { contextLimitIn, isTooLong } from './context-limit.ts'
import { edgeFailure } from './edge-failure.ts'
import { readError, type ErrorText } from './error-text.ts'
import { maskSecrets } from './mask-secrets.ts'
import { fieldsOf, listOf, textOf } from './narrow.ts'

const blocked =
  /content exists risk|content_?filter|blocked by content filtering|content_policy_violation|content management policy|responsibleaipolicy|data_inspection_failed|prohibited_content|moderation_blocked|input was flagged|flagged (?:by|for|as)|usage guidelines/i
const noCredit =
  /insufficient[_ ](?:quota|balance|credits?|funds)|insufficient account balance|credit balance|exceeded_current_quota|(?:not enough|out of|no|more) credits?\b|billing_(?:hard_limit|not_active)|arrearage|余额不足|欠费/i
const quotaWords = /exceeded your current quota/i
const limited = /rate_?limit|too[_ ]many[_ ]requests|resource_exhausted|tokens per min/i
const badKey =
  /(?:invalid|incorrect|wrong|missing)[_ ]api[_ -]?key|api key (?:not valid|is invalid)|invalid_api_key|authentication[_ ](?:error|fails)|no auth credentials|invalid_authentication|subscription key/i
const noModel =
  /model_?not_?(?:found|exist)|deploymentnotfound|(?:no such|unknown|invalid) model|not a valid model|model\b.{0,120}(?:not exist|not found|not available|unavailable)|models\/\S+ is not found|no endpoints found for/is
const cannot =
  /not support|unsupported|n't support|not accept|not allow(?:ed)? (?:for|with|on|by)|not (?:available|enabled) (?:for|with|on|in)|endpoints found that support|unrecognized|unknown (?:parameter|argument|field)|extra[_ ](?:inputs|fields|forbidden)|not permitted|only supports? text|invalid content type|requires --enable/i
const broken =
  /overloaded|server_?error|internal|unavailable|timed? ?out|timeout|bad gateway|disconnected/i

/** Where the refusal names its subject itself, the model's name before it may name another. */
const namedSubject = /(?:does not|doesn't|do not|don't) support\b(.*)/is

const subjects: [pattern: RegExp, capability: string][] = [
  [/image|vision|multi-?modal/i, 'vision'],
  [/\btools?\b|tool_choice|tool_use|function[_ ]call/i, 'tools'],
  [/reasoning|thinking/i, 'reasoning'],
]

/** The fault for a reply that is no success. */
export function faultOfReply(response: Response, body: string, secrets: readonly string[]): Fault {
  const error = readError(edgeFailure(response.status, body) ?? body)
  const wait = retryAfterMs(response.headers, Date.now()) ?? retryDelayMs(error)
  return faultOf(error, response.status, secrets, wait)
}

/** The fault for an error inside a body that came with a success. */
export function faultOfError(value: unknown, secrets: readonly string[], status?: number): Fault {
  const error = readError(value)
  return faultOf(error, status ?? error.status ?? 200, secrets, null)
}

/** The fault for a success whose body is not a reply. `message` says what it is instead. */
export function badReply(message: string): Fault {
  return new Fault('provider_bad_reply', { provider: { status: 200, message } })
}

/** The error a chunk holds, in any of the shapes it comes in; undefined when it holds none. */
export function errorIn(chunk: unknown, name: string): unknown {
  if (name === 'error') return fieldsOf(chunk)?.error ?? chunk
  const fields = fieldsOf(Array.isArray(chunk) ? chunk[0] : chunk)
  if (!fields) return undefined
  if (fields.error) return fields.error
  if (Array.isArray(fields.choices)) return undefined
  const isError =
    fields.object === 'error' ||
    fields.type === 'error' ||
    'detail' in fields ||
    (typeof fields.message === 'string' && ('code' in fields || 'status' in fields))
  return isError ? fields : undefined
}

function faultOf(
  error: ErrorText,
  status: number,
  secrets: readonly string[],
  retryAfter: number | null,
): Fault {
  const said = `${error.codes.join(' ')} ${error.message}`
  const words = /^(?:\{\}|\[\]|null)?$/.test(error.message) ? `HTTP ${status}` : error.message
  const provider = { status, message: maskSecrets(words, secrets) }
  const isLimited = status === 429 || limited.test(said)
  if (blocked.test(said))
    return new Fault('content_blocked', { category: categoryOf(error), provider })
  if (!isLimited && (status === 413 || isTooLong(said))) {
    return new Fault('context_too_long', { ...contextLimitIn(error), provider })
  }
  const isOverdrawn =
    noCredit.test(said) || (quotaWords.test(said) && !/resource_exhausted/i.test(said))
  if (status === 402 || isOverdrawn) return new Fault('provider_quota', { provider })
  if (isLimited) {
    const wait = retryAfter === null ? {} : { retryAfterMs: retryAfter }
    return new Fault('provider_rate_limited', { ...wait, provider })
  }
  if (status === 401 || status === 403 || (status < 500 && badKey.test(said))) {
    return new Fault('provider_auth', { provider })
  }
  const isServers = status >= 500 || status === 408
  const capability = isServers ? undefined : unsuitableFor(said)
  if (capability) return new Fault('model_unsuitable', { capability, provider })
  if (!isServers && (noModel.test(said) || (status === 404 && /\bmodel\b/i.test(said)))) {
    return new Fault('model_not_found', { provider })
  }
  const isBroken = isServers || (status < 400 && broken.test(said))
  return new Fault(isBroken ? 'provider_unavailable' : 'provider_refused', { provider })
}

function unsuitableFor(said: string): string | undefined {
  if (!cannot.test(said)) return undefined
  return subjectOf(namedSubject.exec(said)?.[1] ?? '') ?? subjectOf(said)
}

function subjectOf(said: string): string | undefined {
  return subjects.find(([pattern]) => pattern.test(said))?.[1]
}

/** What the filter objected to, as far as it says. */
function categoryOf({ fields, codes }: ErrorText): string | null {
  const inner = fieldsOf(fields.innererror)?.content_filter_result ?? fields.content_filter_results
  const verdicts = Object.entries(fieldsOf(inner) ?? {})
  const filtered = verdicts.find(([, verdict]) => fieldsOf(verdict)?.filtered === true)
  return filtered?.[0] ?? codes.find((code) => blocked.test(code)) ?? null
}

/** The wait that Google's APIs ask for inside the error, such as `34.07s`. */
function retryDelayMs({ fields }: ErrorText): number | null {
  const delays = listOf(fields.details).map((detail) => textOf(fieldsOf(detail)?.retryDelay))
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(delays.find((delay) => delay !== '') ?? '')?.[1]
  return seconds === undefined ? null : Math.round(Number(seconds) * 1_000)
}

/** What `Retry-After` asks for, in seconds or as a date on the provider's own clock if it has one. */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN)
  if (exact >= 0) return Math.round(exact)
  const given = headers.get('retry-after')
  if (given === null || given.trim() === '') return null
  const seconds = Number(given)
  if (seconds >= 0) return Math.round(seconds * 1000)
  const until = Date.parse(given)
  const clock = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(until) ? null : Math.max(0, until - (Number.isNaN(clock) ? now : clock))
}
