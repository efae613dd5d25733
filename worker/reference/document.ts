import { Problem } from '../contract/problems.ts'
import { served } from '../platform/serve.ts'
import { describeEndpoint } from './describe-endpoint.ts'
import { describeV1, v1PathOf } from './describe-v1.ts'
import { headers } from './headers.ts'
import type { Method, OpenApi, Operation } from './open-api.ts'
import { introduction, securitySchemes } from './preface.ts'
import { RefusalBook } from './refusals.ts'
import { SchemaBook } from './schema-book.ts'
import { sections } from './words/sections.ts'
import { v1Section, v1Words } from './words/v1.ts'

/** All that is served under /api and /v1, as it is served by now. */
export function apiDocument(version: string): OpenApi {
  const schemas = new SchemaBook()
  const refusals = new RefusalBook(schemas.of(Problem, 'output'))
  const paths: OpenApi['paths'] = {}
  const add = (method: string, path: string, operation: Operation) => {
    paths[path] = { ...paths[path], [method.toLowerCase() as Method]: operation }
  }
  for (const [route, words] of Object.entries(v1Words)) {
    const [method = '', path = ''] = route.split(' ')
    add(method, v1PathOf(path), describeV1(route, words, schemas))
  }
  const endpoints = new Map(served.map((each) => [`${each.method} ${each.path}`, each]))
  for (const { name: section, endpoints: said } of sections) {
    for (const [route, words] of Object.entries(said)) {
      const endpoint = endpoints.get(route)
      if (endpoint === undefined) throw new Error(`Nothing is served at ${route}.`)
      const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
      add(
        endpoint.method,
        path,
        describeEndpoint(endpoint, { section, words }, { schemas, refusals }),
      )
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'AIChat API',
      version,
      summary: 'Chat with any model, from the page of AIChat or from your own programs.',
      description: introduction,
    },
    servers: [{ url: '/' }],
    tags: [v1Section, ...sections].map(({ name, description }) => ({ name, description })),
    paths,
    components: {
      schemas: schemas.components(),
      responses: refusals.components(),
      parameters: { 'Idempotency-Key': idempotencyKey },
      headers,
      securitySchemes,
    },
  }
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'The same request with the same key is carried out once and gets the first reply again, for 24 hours. With another body it is refused.',
  schema: { type: 'string', minLength: 1, maxLength: 128 },
} as const
