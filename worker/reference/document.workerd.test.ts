import { Ajv2020 } from 'ajv/dist/2020.js'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { openAiApi } from '../openai-api/routes.ts'
import { served } from '../platform/serve.ts'
import { TestClient } from '../test-client.ts'
import { TestDocument } from '../test-document.ts'
import { v1PathOf } from './describe-v1.ts'
import type { JsonSchema } from './open-api.ts'

let document: TestDocument
beforeAll(async () => {
  document = await TestDocument.read()
})

const routesOf = (prefix: string) =>
  document
    .operations()
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    .toSorted()

/** Every part of a value, with where it stands. */
function partsOf(value: unknown, at = ''): [at: string, part: object][] {
  if (typeof value !== 'object' || value === null) return []
  return [
    [at, value],
    ...Object.entries(value).flatMap(([key, part]) => partsOf(part, `${at}/${key}`)),
  ]
}

describe('the document', () => {
  it('names every endpoint that is served, and no other', () => {
    const routes = served.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    expect(routesOf('/api/')).toEqual(routes.toSorted())
  })

  it('names every route under /v1, and no other', () => {
    const routes = openAiApi.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${v1PathOf(path)}`)
    expect(routesOf('/v1/')).toEqual(routes.toSorted())
  })

  it('is an OpenAPI document', () => {
    const ajv = new Ajv2020({ allErrors: true })
    ajv.validate(form, document.json)
    expect(ajv.errors ?? []).toEqual([])
  })

  it('has schemas of JSON Schema, each of which can be used', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    const schemas = partsOf(document.json).flatMap(([at, part]) =>
      'schema' in part ? [[at, part.schema as JsonSchema] as const] : [],
    )
    const named = Object.entries(document.json.components.schemas)
    expect(schemas.length + named.length).toBeGreaterThan(200)
    for (const [at, schema] of [...schemas, ...named]) {
      expect([at, ajv.validateSchema(schema)]).toEqual([at, true])
    }
    ajv.addSchema(document.json, 'document')
    for (const [name] of named) {
      ajv.compile({ $ref: `document#/components/schemas/${name}` })
    }
  })

  it('refers to what is there, and to all of it', () => {
    const references = partsOf(document.json).flatMap(([, part]) =>
      '$ref' in part && typeof part.$ref === 'string' ? [part.$ref] : [],
    )
    for (const $ref of references) expect(document.resolve({ $ref })).toBeTypeOf('object')
    const { securitySchemes: _, ...parts } = document.json.components
    const there = Object.entries(parts).flatMap(([part, all]) =>
      Object.keys(all).map((name) => `#/components/${part}/${name}`),
    )
    expect(there.filter((each) => !references.includes(each))).toEqual([])
  })

  it('gives every operation a name of its own, one plain sentence and a known tag', () => {
    const operations = document.operations().map(({ operation }) => operation)
    const names = operations.map(({ operationId }) => operationId)
    expect(new Set(names).size).toBe(names.length)
    const tags = document.json.tags.map(({ name }) => name)
    for (const { operationId, summary, tags: own, security } of operations) {
      expect([operationId, summary]).toEqual([
        operationId,
        expect.stringMatching(/^[A-Z][^.]{8,100}\.$/),
      ])
      expect(tags).toContain(own[0])
      const schemes = security.flatMap((each) => Object.keys(each))
      expect(Object.keys(document.json.components.securitySchemes)).toEqual(
        expect.arrayContaining(schemes),
      )
    }
  })

  it('has a parameter for every name in a path, whose form it knows', () => {
    for (const { path, operation } of document.operations()) {
      const names = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name)
      const parameters = (operation.parameters ?? []).map((each) => document.resolve(each))
      const inPath = parameters.filter((each) => each.in === 'path')
      expect([path, inPath.map(({ name }) => name)]).toEqual([path, names])
      if (path.startsWith('/v1/')) continue
      for (const { schema } of inPath) expect(schema).toEqual({ $ref: expect.any(String) })
    }
  })

  it('says who may call', () => {
    const callersOf = (route: string) => document.operation(route)['x-callers']
    expect({
      open: callersOf('GET /api/settings/branding'),
      chat: callersOf('POST /api/chat/stream'),
      own: callersOf('PATCH /api/me'),
      keys: callersOf('POST /api/api-keys'),
      users: callersOf('DELETE /api/users/:id'),
      programs: callersOf('GET /v1/models'),
    }).toEqual({
      open: 'Everybody',
      chat: 'Users and guests',
      own: 'Users',
      keys: 'Users',
      users: 'Administrators',
      programs: 'API keys',
    })
  })

  it('knows an id by its form, and a number in a query by its bounds', () => {
    const { schemas } = document.json.components
    expect(schemas['UserId']).toMatchObject({ pattern: '^usr_[0-9a-z]{24}$' })
    const limit = document
      .operation('GET /api/conversations')
      .parameters?.map((each) => document.resolve(each))
      .find(({ name }) => name === 'limit')
    expect(limit?.schema).toEqual({ type: 'integer', minimum: 1, maximum: 100 })
  })

  it('tells a setting’s bounds and default', () => {
    const { SettingValues } = document.json.components.schemas
    expect(SettingValues?.properties?.['chat.messageLengthMax']).toMatchObject({
      type: 'integer',
      default: 100_000,
    })
  })
})

describe('GET /api/openapi.json', () => {
  it('is the same for everybody, kept for a while and not sent twice', async () => {
    const visitor = await new TestClient().request('GET', '/api/openapi.json')
    const member = new TestClient()
    await member.join()
    const again = await member.request('GET', '/api/openapi.json')
    expect(visitor.status).toBe(200)
    expect(visitor.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(visitor.headers.get('cache-control')).toBe('public, max-age=300')
    expect(await again.text()).toBe(await visitor.text())
    const etag = visitor.headers.get('etag') ?? ''
    const known = await new TestClient().request('GET', '/api/openapi.json', {
      headers: { 'if-none-match': `W/${etag}` },
    })
    expect([known.status, await known.text(), known.headers.get('etag')]).toEqual([304, '', etag])
    const changed = await new TestClient().request('GET', '/api/openapi.json', {
      headers: { 'if-none-match': '"another"' },
    })
    expect(changed.status).toBe(200)
    await changed.text()
  })

  it('tells nothing of where and with what this server runs', () => {
    const text = JSON.stringify(document.json)
    for (const secret of [env.JWT_SECRET, env.CREDENTIALS_KEY, env.TEST_UPSTREAM]) {
      expect(text).not.toContain(secret)
    }
    expect(text).not.toMatch(/\.tsx?\b|node_modules|\/work\/|function ?\(|=>/)
  })
})

const named = (value: object) => ({ type: 'object', additionalProperties: value })
const reference = {
  type: 'object',
  properties: { $ref: { type: 'string', pattern: '^#/components/\\w+/[A-Za-z0-9._-]+$' } },
  required: ['$ref'],
  additionalProperties: false,
}
const text = { type: 'string', minLength: 1 }
const content = {
  type: 'object',
  propertyNames: { pattern: '^[a-z]+/[a-z0-9.+-]+$' },
  additionalProperties: {
    type: 'object',
    properties: { schema: { type: 'object' }, encoding: { type: 'object' } },
    additionalProperties: false,
  },
}
const header = {
  type: 'object',
  properties: { description: text, schema: { type: 'object' } },
  required: ['schema'],
  additionalProperties: false,
}
const parameter = {
  type: 'object',
  properties: {
    name: text,
    in: { enum: ['path', 'query', 'header'] },
    required: { type: 'boolean' },
    description: text,
    schema: { type: 'object' },
  },
  required: ['name', 'in', 'schema'],
  // What is in a path cannot be left out.
  anyOf: [
    { properties: { in: { enum: ['query', 'header'] } } },
    { properties: { required: { const: true } }, required: ['required'] },
  ],
  additionalProperties: false,
}
const response = {
  type: 'object',
  properties: { description: text, headers: named({ anyOf: [reference, header] }), content },
  required: ['description'],
  additionalProperties: false,
}
const operation = {
  type: 'object',
  properties: {
    operationId: { type: 'string', pattern: '^[A-Za-z]\\w+$' },
    tags: { type: 'array', items: text, minItems: 1 },
    summary: text,
    description: text,
    security: { type: 'array', items: named({ type: 'array', items: text }) },
    parameters: { type: 'array', items: { anyOf: [reference, parameter] }, minItems: 1 },
    requestBody: {
      type: 'object',
      properties: { required: { type: 'boolean' }, description: text, content },
      required: ['content'],
      additionalProperties: false,
    },
    responses: {
      type: 'object',
      propertyNames: { pattern: '^([1-5][0-9][0-9]|default)$' },
      additionalProperties: { anyOf: [reference, response] },
      minProperties: 1,
    },
  },
  patternProperties: { '^x-': true },
  required: ['operationId', 'responses'],
  additionalProperties: false,
}
const methods = ['get', 'post', 'put', 'patch', 'delete']

/** What an OpenAPI 3.1 document is made of, as far as this one goes. */
const form = {
  type: 'object',
  properties: {
    openapi: { type: 'string', pattern: '^3\\.1\\.\\d+$' },
    info: {
      type: 'object',
      properties: { title: text, version: text, summary: text, description: text },
      required: ['title', 'version'],
      additionalProperties: false,
    },
    servers: { type: 'array', items: named({ type: 'string' }) },
    tags: { type: 'array', items: { type: 'object', required: ['name'] } },
    paths: {
      type: 'object',
      propertyNames: { pattern: '^/[a-zA-Z0-9{}._/-]+$' },
      additionalProperties: {
        type: 'object',
        properties: Object.fromEntries(methods.map((method) => [method, operation])),
        minProperties: 1,
        additionalProperties: false,
      },
    },
    components: {
      type: 'object',
      properties: {
        schemas: named({ type: 'object' }),
        responses: named(response),
        parameters: named(parameter),
        headers: named(header),
        securitySchemes: named({ type: 'object', required: ['type'] }),
      },
      additionalProperties: false,
    },
  },
  required: ['openapi', 'info', 'paths', 'components'],
  additionalProperties: false,
}
