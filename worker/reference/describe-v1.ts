import type { ProblemCode } from '../contract/problems.ts'
import { unsupportedField } from '../openai-api/field-faults.ts'
import { toOpenAiError } from '../openai-api/openai-error.ts'
import { Fault } from '../platform/fault.ts'
import { headersOf } from './headers.ts'
import { refTo, type Operation, type Reply } from './open-api.ts'
import { queryParameters, texts } from './parameters.ts'
import type { SchemaBook } from './schema-book.ts'
import { v1Section, type V1Words } from './words/v1.ts'
import { OpenAiError } from './v1-replies.ts'

/** What can happen to every request under /v1. */
const always = [
  'invalid_request',
  'not_signed_in',
  'forbidden',
  'not_found',
  'rate_limited',
  'misconfigured',
  'storage_unavailable',
  'internal',
] as const satisfies ProblemCode[]
const withBody = ['malformed_json', 'body_too_large'] as const satisfies ProblemCode[]

const rates = [
  'X-Request-Id',
  'X-RateLimit-Limit-Requests',
  'X-RateLimit-Remaining-Requests',
  'X-RateLimit-Reset-Requests',
] as const
const budgets = ['X-RateLimit-Limit-Tokens', 'X-RateLimit-Remaining-Tokens'] as const
const bodyMax = 'At most 20 MB.'

/** `GET /models/*` and what is said of it, as an operation of the document. */
export function describeV1(route: string, words: V1Words, schemas: SchemaBook): Operation {
  const { operationId, scope, summary, description, body, reply, stream, query } = words
  const takesKey = route.startsWith('POST') && body !== undefined
  const parameters = [
    ...(/[*:]/.test(route) ? [idParameter] : []),
    ...queryParameters(query, schemas),
    ...texts('header', words.headers),
    ...(takesKey ? [refTo('parameters', 'Idempotency-Key')] : []),
  ]
  const content = { 'application/json': { schema: schemas.of(reply, 'output') } }
  const streamed = stream && { 'text/event-stream': { schema: schemas.of(stream, 'output') } }
  const asksModel = words.refuses?.includes('token_budget_exceeded') ?? false
  return {
    operationId,
    tags: [v1Section.name],
    summary,
    description: [description, `Needs an API key with the scope \`${scope}\`.`]
      .filter(Boolean)
      .join('\n\n'),
    'x-callers': 'API keys',
    security: [{ apiKey: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        description: bodyMax,
        content: { 'application/json': { schema: schemas.of(body, 'input') } },
      },
    }),
    responses: {
      200: {
        description: 'Done.',
        headers: headersOf([...rates, ...(asksModel ? budgets : [])]),
        content: { ...content, ...streamed },
      },
      ...refusals([...always, ...(body ? withBody : []), ...(words.refuses ?? [])], schemas),
    },
  }
}

const idParameter = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string' },
} as const

/** The path of the document for a path as it is registered under /v1. */
export function v1PathOf(path: string): string {
  return `/v1${path.replace(/\*|:\w+/, '{id}')}`
}

/** Refusals in OpenAI's words, which are made of the same faults. */
function refusals(codes: readonly ProblemCode[], schemas: SchemaBook): Record<string, Reply> {
  const faults = Array.from(new Set(codes), (code) => new Fault(code))
  // A field that has no counterpart is refused by a code of its own.
  if (codes.includes('malformed_json')) faults.push(unsupportedField(''))
  const errors = faults.map((fault) => toOpenAiError(fault, ''))
  const byStatus = Map.groupBy(errors, ({ status }) => status)
  const schema = schemas.of(OpenAiError, 'output')
  const content = { 'application/json': { schema } }
  const known = Object.fromEntries(
    Array.from(byStatus, ([status, same]) => {
      const told = same.map(({ body: { error } }) => `\`${error.code ?? error.type}\``)
      return [
        status,
        {
          description: [...new Set(told)].join(', '),
          headers: headersOf(status === 429 ? [...rates, 'Retry-After'] : rates),
          content,
        },
      ]
    }),
  )
  const passedOn = { description: 'What a provider refuses keeps its status and message.', content }
  return { ...known, default: passedOn }
}
