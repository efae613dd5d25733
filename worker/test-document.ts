import { Ajv2020 } from 'ajv/dist/2020.js'
import type { OpenApi, Operation, Reply } from './reference/open-api.ts'
import { TestClient } from './test-client.ts'

/** The document as it is served, and what it says of what was sent and answered. */
export class TestDocument {
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })

  constructor(readonly json: OpenApi) {
    this.#ajv.addSchema(json, 'document')
  }

  static async read(): Promise<TestDocument> {
    return new TestDocument(await new TestClient().json<OpenApi>('GET', '/api/openapi.json'))
  }

  /** Every operation with its method and path, as they are in the document. */
  operations(): { method: string; path: string; operation: Operation }[] {
    return Object.entries(this.json.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
    )
  }

  /** By `METHOD path` as it is routed: `:id` stands for `{id}`. */
  operation(route: string): Operation {
    const [method = '', path = ''] = route.split(' ')
    const found = this.operations().find(
      (each) =>
        each.method === method.toLowerCase() && each.path === path.replace(/:(\w+)/g, '{$1}'),
    )
    if (!found) throw new Error(`${route} is not in the document.`)
    return found.operation
  }

  /** What is wrong with a body that is sent, if there is one; nothing where it fits. */
  faultsOfBody(route: string, body: unknown): string[] {
    const content = this.operation(route).requestBody?.content
    if (body === undefined) return content ? [`${route} takes a body.`] : []
    const type = body instanceof FormData ? 'multipart/form-data' : 'application/json'
    const schema = content?.[type]?.schema
    if (!schema) return [`${route} takes no ${type}.`]
    return this.#faults(schema, body instanceof FormData ? fieldsOf(body) : body)
  }

  /** What is wrong with a reply, which is read to its end; nothing where it fits. */
  async faultsOfReply(route: string, response: Response): Promise<string[]> {
    const text = new TextDecoder().decode(await response.arrayBuffer())
    const told = this.operation(route).responses[response.status]
    if (!told) return [`${response.status} is not told of.`]
    const { content } = this.resolve<Reply>(told)
    const [type = ''] = (response.headers.get('content-type') ?? '').split(';')
    if (!content) return text === '' ? [] : ['It has a body.']
    const media = content[type]
    if (!media) return [`${type} is not told of.`]
    const { schema } = media
    if (!schema) return []
    if (type !== 'text/event-stream') return this.#faults(schema, JSON.parse(text))
    const events = Array.from(text.matchAll(/^data: (\{.*)$/gm), ([, data = '']) => data)
    if (events.length === 0) return ['There are no events.']
    return events.flatMap((data) => this.#faults(schema, JSON.parse(data)))
  }

  /** The thing itself, or what a reference leads to. */
  resolve<T extends object>(each: T | { $ref: string }): T {
    if (!('$ref' in each)) return each
    const steps = each.$ref.split('/').slice(1)
    const found = steps.reduce<unknown>(
      (place, step) => (place === undefined ? undefined : Reflect.get(place as object, step)),
      this.json,
    )
    if (found === undefined) throw new Error(`${each.$ref} leads nowhere.`)
    return found as T
  }

  #faults(schema: object, value: unknown): string[] {
    // References lead into the document, so what holds them is told where that is.
    const anchored = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object
    const validate = this.#ajv.compile(anchored)
    if (validate(value)) return []
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${instancePath || 'it'} ${message} ${JSON.stringify(params)}`,
    )
  }
}

/** A form as its schema sees it: what is in a file is anybody's guess. */
function fieldsOf(form: FormData): Record<string, string> {
  return Object.fromEntries(Array.from(form.keys(), (name) => [name, '']))
}
