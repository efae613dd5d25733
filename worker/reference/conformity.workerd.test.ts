import { beforeAll, describe, expect, it } from 'vitest'
import {
  newBelongings,
  newConnection,
  newKey,
  signedIn,
  type Belongings,
} from '../authorisation-actors.ts'
import { authorisation, type Entry } from '../authorisation-table.ts'
import type { Id } from '../contract/ids.ts'
import { newAccount, password } from '../test-accounts.ts'
import { connectModels, openInstallation, TestClient } from '../test-client.ts'
import { TestDocument } from '../test-document.ts'

let document: TestDocument
let modelId: Id<'model'>
let secret = ''

beforeAll(async () => {
  const admin = await openInstallation({ 'chat.concurrentRepliesMax': null })
  ;[modelId] = (await connectModels(admin, ['echo', 'tokens:20'])) as [Id<'model'>]
  ;({ secret } = await admin.json<{ secret: string }>('POST', '/api/api-keys', { name: 'A key' }))
  document = await TestDocument.read()
})

/** An administrator, with something of everything a request may name. */
async function administrator(): Promise<{ client: TestClient; own: Belongings }> {
  const { id, username } = await newAccount('admin')
  const { client, sessionId } = await signedIn(id)
  const { id: otherUserId } = await newAccount('user')
  const own = {
    ...(await newBelongings(id)),
    ownerId: id,
    username,
    password,
    sessionId,
    otherUserId,
    otherKeyId: await newKey(otherUserId),
    connectionId: await newConnection(),
    modelId,
  }
  return { client, own }
}

function addressOf(route: string, { id }: Entry, own: Belongings): [method: string, path: string] {
  const [method = '', path = ''] = route.split(' ')
  const ids = [id?.(own) ?? []].flat()
  return [method, ids.reduce((address, value) => address.replace(/:\w+/, value), path)]
}

describe.each(Object.entries(authorisation))('%s', (route, entry) => {
  it('takes and answers what its description says', async () => {
    const { client, own } = await administrator()
    const body = entry.body?.(own)
    expect(document.faultsOfBody(route, body)).toEqual([])
    const sent = body === undefined ? {} : { body }
    const reply = await client.request(...addressOf(route, entry, own), sent)
    expect(await document.faultsOfReply(route, reply)).toEqual([])
  })

  it('refuses in the way its description says', async () => {
    const { client, own } = await administrator()
    const [method, path] = addressOf(route, entry, own)
    const visitor = new TestClient({ damping: false })
    const replies = [visitor.request(method, path)]
    if (method === 'GET') {
      replies.push(client.request(method, `${path}?limit=x&after=x&format=x`))
      replies.push(client.request(method, path.replace(/_[0-9a-z]{24}/, '_x')))
    } else {
      replies.push(client.request(method, path, { body: '{' }))
      replies.push(client.request(method, path, { body: { surplus: true } }))
      replies.push(client.request(method, path, { headers: { origin: 'https://elsewhere.test' } }))
    }
    for (const reply of await Promise.all(replies)) {
      const faults = await document.faultsOfReply(route, reply)
      expect([reply.status, faults]).toEqual([reply.status, []])
    }
  })
})

describe('/v1', () => {
  const say = { model: 'echo', messages: [{ role: 'user', content: 'Hello' }] }
  const ask = { model: 'echo', input: 'Hello' }
  const calls: [string, string, unknown?][] = [
    ['GET /v1/models', '/v1/models'],
    ['GET /v1/models/:id', '/v1/models/tokens:20'],
    ['GET /v1/models/:id', '/v1/models/unknown'],
    ['POST /v1/chat/completions', '/v1/chat/completions', say],
    ['POST /v1/chat/completions', '/v1/chat/completions', { ...say, stream: true }],
    // No provider of the tests has vectors, so this is refused.
    ['POST /v1/embeddings', '/v1/embeddings', { model: 'echo', input: ['Hello'] }],
    ['POST /v1/responses', '/v1/responses', ask],
    ['POST /v1/responses', '/v1/responses', { ...ask, stream: true }],
    ['POST /v1/responses', '/v1/responses', { ...ask, background: true }],
    ['GET /v1/responses/:id', '/v1/responses/resp_unknown'],
  ]
  const authorization = () => ({ authorization: `Bearer ${secret}` })

  it.each(calls)(
    'takes and answers what its description says: %s %s %o',
    async (route, path, body) => {
      expect(document.faultsOfBody(route, body)).toEqual([])
      const reply = await new TestClient().request(route.split(' ')[0]!, path, {
        headers: authorization(),
        ...(body !== undefined && { body }),
      })
      expect(await document.faultsOfReply(route, reply)).toEqual([])
      for (const name of ['x-request-id', 'x-ratelimit-limit-requests']) {
        expect(reply.headers.get(name)).toBeTruthy()
      }
    },
  )

  it('tells of a stored response what its description says', async () => {
    const client = new TestClient()
    const made = await client.request('POST', '/v1/responses', {
      body: ask,
      headers: authorization(),
    })
    const { id } = await made.json<{ id: string }>()
    for (const [method, tail] of [
      ['GET', ''],
      ['GET', '/input_items'],
      ['POST', '/cancel'],
      ['DELETE', ''],
      ['GET', ''],
    ] as const) {
      const headers = authorization()
      const reply = await client.request(method, `/v1/responses/${id}${tail}`, { headers })
      const route = `${method} /v1/responses/:id${tail}`
      expect([route, await document.faultsOfReply(route, reply)]).toEqual([route, []])
    }
  })

  it('refuses whoever has no key in the words of its description', async () => {
    for (const { method, path } of document.operations()) {
      if (!path.startsWith('/v1/')) continue
      const route = `${method.toUpperCase()} ${path}`
      const reply = await new TestClient().request(method.toUpperCase(), path.replace('{id}', 'x'))
      expect(reply.status).toBe(401)
      expect([route, await document.faultsOfReply(route, reply)]).toEqual([route, []])
    }
  })
})
