import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Id } from '../../contract/ids.ts'
import { callsAbout, connectModels, openInstallation, TestClient, until } from '../../test-client.ts'
import type { ResponseEvent } from './fold-response.ts'
import { eventsIn, responseIn } from './response-frames.ts'
import type { ResponseObject } from './response-object.ts'

let admin: TestClient
let owner: TestClient
let secret = ''
const scripts = ['echo', 'tokens:20', 'pace:40:300', 'status:500', 'status:400', 'cut:5', 'tokens:300']

beforeAll(async () => {
  admin = await openInstallation({ 'api.requestsPerMinute': null })
  await connectModels(admin, scripts)
  owner = new TestClient()
  await owner.join()
  ;({ secret } = await newKey(owner))
})

async function newKey(client: TestClient, more: object = {}) {
  return client.json<{ id: Id<'key'>; secret: string }>('POST', '/api/api-keys', {
    name: 'A key',
    ...more,
  })
}

interface Sending {
  key?: string
  method?: string
  headers?: Record<string, string>
}

async function send(
  path: string,
  body?: Record<string, unknown>,
  { key = secret, method = body ? 'POST' : 'GET', headers = {} }: Sending = {},
): Promise<Response> {
  return new TestClient().request(method, `/v1${path}`, {
    ...(body && { body }),
    headers: { authorization: `Bearer ${key}`, ...headers },
  })
}

const ask = (model: string, more: object = {}) => ({ model, input: 'Hello', ...more })
const create = (body: Record<string, unknown>, sending?: Sending) => send('/responses', body, sending)
const json = async (response: Response | Promise<Response>) =>
  (await (await response).json()) as ResponseObject
const read = (id: string) => json(send(`/responses/${id}`))
const eventsOf = async (response: Response) => [...eventsIn(await response.text())]
const textOf = ({ output }: ResponseObject) =>
  output
    .flatMap(({ content }) => (Array.isArray(content) ? content : []))
    .map((part: { text?: string }) => part.text ?? '')
    .join('')

async function ended(id: string): Promise<ResponseObject> {
  let response = await read(id)
  await until(async () => {
    response = await read(id)
    return !['queued', 'in_progress'].includes(response.status)
  })
  return response
}

describe('a response', () => {
  it('is answered whole, and may be had back', async () => {
    const response = await create(ask('echo', { metadata: { a: 'b' } }))
    expect(response.status).toBe(200)
    const body = await json(response)
    expect(body).toMatchObject({ object: 'response', status: 'completed', model: 'echo' })
    expect(textOf(body)).toContain('Hello')
    expect(await read(body.id)).toEqual(body)
  })
})
