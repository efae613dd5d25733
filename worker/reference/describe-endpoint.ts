import type * as z from 'zod/mini'
import { imageLimits, imageTypes } from '../contract/image-limits.ts'
import { jsonBytesMax, type Served } from '../platform/serve.ts'
import { callersOf, securityOf } from './callers.ts'
import { endpointNames } from './contract-names.ts'
import { headersOf } from './headers.ts'
import {
  refTo,
  type JsonSchema,
  type MediaType,
  type Operation,
  type Reply,
  type RequestBody,
} from './open-api.ts'
import { pathParameters, queryParameters, texts } from './parameters.ts'
import { refusalsOf, takesIdempotencyKey, type RefusalBook } from './refusals.ts'
import type { SchemaBook } from './schema-book.ts'
import type { Words } from './words/words.ts'

export interface Books {
  schemas: SchemaBook
  refusals: RefusalBook
}

/** An endpoint of the contract, with what is said of it, as an operation of the document. */
export function describeEndpoint(
  endpoint: Served,
  { section, words }: { section: string; words: Words },
  books: Books,
): Operation {
  const parameters = [
    ...pathParameters(endpoint.path, books.schemas),
    ...queryParameters(endpoint.query, books.schemas),
    ...texts('query', words.query),
    ...texts('header', words.headers),
    ...(takesIdempotencyKey(endpoint) ? [refTo('parameters', 'Idempotency-Key')] : []),
  ]
  const requestBody = bodyOf(endpoint, words, books.schemas)
  const callers = callersOf(endpoint)
  return {
    operationId: operationIdOf(endpoint),
    tags: [section],
    summary: words.summary,
    description: [words.description, whoMayCall(endpoint)].filter(Boolean).join('\n\n'),
    'x-callers': callers,
    security: securityOf(callers),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: {
      ...successesOf(endpoint, words, books.schemas),
      ...books.refusals.of(refusalsOf(endpoint, words.refuses)),
    },
  }
}

function operationIdOf({ method, path }: Served): string {
  const name = endpointNames.get(`${method} ${path}`)
  if (name) return name
  const words = path.split(/\W+/).filter(Boolean)
  return method.toLowerCase() + words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')
}

function whoMayCall(endpoint: Served): string {
  const { capability } = endpoint
  const callers = callersOf(endpoint)
  if (callers === 'Everybody') return 'Everybody may call this.'
  const needed = capability ? `, with the capability \`${capability}\`` : ''
  return `${callers} may call this${needed}.`
}

const megabytes = (bytes: number) => `At most ${Math.floor(bytes / 1_000_000)} MB.`

function bodyOf(
  { body, form, bytesMax }: Served,
  words: Words,
  schemas: SchemaBook,
): RequestBody | null {
  if (form) {
    const file = { type: 'string', contentMediaType: 'application/octet-stream' }
    const schema: JsonSchema = { type: 'object', properties: { file }, required: ['file'] }
    const encoding = { file: { contentType: imageTypes.join(', ') } }
    return {
      required: true,
      description: megabytes(bytesMax ?? imageLimits.bytesMax),
      content: { 'multipart/form-data': { schema, encoding } },
    }
  }
  if (body === undefined) return null
  const schema = schemas.of(words.body ?? body, 'input')
  return {
    required: true,
    description: megabytes(bytesMax ?? jsonBytesMax),
    content: { 'application/json': { schema } },
  }
}

function successesOf(
  { reply, status }: Served,
  words: Words,
  schemas: SchemaBook,
): Record<string, Reply> {
  const content = contentOf(words, words.reply ?? reply, schemas)
  const also = Object.entries(words.also ?? {}).map(([code, description]) => [
    code,
    // What is there already, or has not changed, is not told again.
    { description, ...(content && code !== '204' && code !== '304' && { content }) },
  ])
  return {
    [status ?? (content ? 200 : 204)]: {
      description: content ? 'Done.' : 'Done; there is nothing to tell.',
      headers: headersOf(['X-Request-Id']),
      ...(content && { content }),
    },
    ...Object.fromEntries(also),
  }
}

function contentOf(
  { stream, mediaTypes }: Words,
  reply: z.ZodMiniType | undefined,
  schemas: SchemaBook,
): Record<string, MediaType> | null {
  if (stream) return { 'text/event-stream': { schema: schemas.of(stream, 'output') } }
  if (mediaTypes) return Object.fromEntries(mediaTypes.map((type) => [type, {}]))
  return reply ? { 'application/json': { schema: schemas.of(reply, 'output') } } : null
}
