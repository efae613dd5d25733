import { problems, type ProblemCode } from '../contract/problems.ts'
import type { Served } from '../platform/serve.ts'
import { headersOf } from './headers.ts'
import { refTo, type JsonSchema, type Reference, type Reply } from './open-api.ts'

/** What can happen to every request, whatever it asks for. */
const always = ['rate_limited', 'misconfigured', 'storage_unavailable', 'internal'] as const
const unidentified = ['not_signed_in', 'session_ended', 'guests_disabled'] as const

/** How an endpoint may refuse: what its form brings along and what is its own. */
export function refusalsOf(endpoint: Served, own: readonly ProblemCode[] = []): ProblemCode[] {
  const { method, path, audience, capability, query, body, form } = endpoint
  return [
    ...(query || body || form ? (['invalid_request'] as const) : []),
    ...(body ? (['malformed_json', 'body_too_large'] as const) : []),
    ...(form ? (['attachment_too_large'] as const) : []),
    ...(body || form ? (['unsupported_media_type'] as const) : []),
    ...(audience === 'public' ? [] : unidentified),
    ...(capability ? (['forbidden'] as const) : []),
    ...(method === 'GET' ? [] : (['origin_refused'] as const)),
    ...(path.includes(':') ? (['not_found'] as const) : []),
    ...(takesIdempotencyKey(endpoint) ? (['conflict', 'id_conflict'] as const) : []),
    ...own,
    ...always,
  ]
}

/** A stream has an id of its own instead, and where nobody is known nothing is remembered. */
export function takesIdempotencyKey({ method, path, audience }: Served): boolean {
  return method === 'POST' && audience !== 'public' && !path.startsWith('/api/chat/')
}

/** Refusals of one kind, written once and referred to by what they hold. */
export class RefusalBook {
  readonly #known: Record<string, Reply> = {}

  constructor(readonly problem: JsonSchema) {}

  /** The replies to refusals, by their statuses. */
  of(codes: readonly ProblemCode[]): Record<string, Reference> {
    const byStatus = Map.groupBy(new Set(codes), (code) => problems[code].status)
    return Object.fromEntries(
      Array.from(byStatus, ([status, same]) => [status, this.#refer(same.toSorted())]),
    )
  }

  components(): Record<string, Reply> {
    return this.#known
  }

  #refer(codes: readonly ProblemCode[]): Reference {
    const name = codes.join('.')
    this.#known[name] ??= {
      description: codes.map((code) => `\`${code}\`: ${problems[code].en}`).join('\n\n'),
      headers: headersOf([
        'X-Request-Id',
        ...(codes.some((code) => waits.has(code)) ? (['Retry-After'] as const) : []),
      ]),
      content: {
        'application/problem+json': {
          schema: { allOf: [this.problem, { properties: { code: { enum: [...codes] } } }] },
        },
      },
    }
    return refTo('responses', name)
  }
}

/** Those that say when to come again. */
const waits = new Set<ProblemCode>(['rate_limited', 'storage_unavailable'])
