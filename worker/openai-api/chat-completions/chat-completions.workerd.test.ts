import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { app } from '../../app.ts'
import type { Me } from '../../contract/accounts.ts'
import type { Id } from '../../contract/ids.ts'
import {
  callsAbout,
  connectModels,
  openInstallation,
  TestClient,
  until,
} from '../../test-client.ts'

let admin: TestClient
let owner: TestClient
let secret = ''
const scripts = [
  'echo',
  'tokens:20',
  'pace:40:400',
  'status:500',
  'status:400',
  'cut:5',
  'slow-first:5500',
]

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

async function call(
  body: Record<string, unknown>,
  { key = secret, path = '/v1/chat/completions' } = {},
): Promise<Response> {
  return new TestClient().request('POST', path, {
    body,
    headers: { authorization: `Bearer ${key}` },
  })
}

const say = (model: string, content = 'Hello', more: object = {}) => ({
  model,
  messages: [{ role: 'user', content }],
  ...more,
})

interface Chunk {
  model: string
  choices: { delta: { content?: string }; finish_reason: string | null }[]
  usage?: object | null
  error?: { code: string }
}

function chunksIn(text: string): Chunk[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice(6)) as Chunk)
}

const textIn = (chunks: Chunk[]) =>
  chunks.map(({ choices }) => choices?.[0]?.delta.content ?? '').join('')

async function used(): Promise<number> {
  const { quota } = await owner.json<Me>('GET', '/api/me')
  return quota!.used
}

async function record() {
  return env.DB.prepare(
    `select kind, state, key_id is not null as hasKey, total_tokens as tokens, usage_source as source, refunded
     from generations order by accepted_at desc, reply_id desc limit 1`,
  ).first<{
    kind: string
    state: string
    hasKey: number
    tokens: number
    source: string
    refunded: number
  }>()
}

describe('a chat completion of an upstream of the same dialect', () => {
  it('comes back as it is, under the name it was asked by', async () => {
    const before = await used()
    const reply = await call(say('echo', 'Say it'))
    expect(reply.status).toBe(200)
    expect(await reply.json()).toMatchObject({
      object: 'chat.completion',
      model: 'echo',
      choices: [{ message: { role: 'assistant', content: expect.stringContaining('Say it') } }],
      usage: { prompt_tokens: 11 },
    })
    await until(async () => (await record())?.state === 'complete')
    expect(await record()).toMatchObject({ kind: 'v1', hasKey: 1, source: 'provider', refunded: 0 })
    expect(await used()).toBe(before + 1)
  })

  it('streams, with usage only where it is asked for', async () => {
    const plain = await (await call(say('tokens:20', 'a', { stream: true }))).text()
    const asked = await (
      await call(say('tokens:20', 'b', { stream: true, stream_options: { include_usage: true } }))
    ).text()
    expect(plain.trimEnd().endsWith('data: [DONE]')).toBe(true)
    expect(textIn(chunksIn(plain))).toBe(textIn(chunksIn(asked)))
    expect(chunksIn(plain).some(({ usage }) => usage)).toBe(false)
    expect(chunksIn(asked).at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 11 } })
    await until(async () => (await record())?.state === 'complete')
    expect(await record()).toMatchObject({ source: 'provider', tokens: 31 })
  })

  it('passes fields on that nobody here knows', async () => {
    const question = `Odd ${crypto.randomUUID()}`
    await (await call(say('echo', question, { top_k: 7, metadata: { a: [1] } }))).text()
    const [received] = await callsAbout(question)
    expect(received).toMatchObject({ model: 'echo', more: { top_k: 7, metadata: { a: [1] } } })
  })

  it('ends with its caller, and is charged for what came', async () => {
    const question = `Leave ${crypto.randomUUID()}`
    const before = await used()
    const reply = await call(say('pace:40:400', question, { stream: true }))
    const reader = reply.body!.getReader()
    for (let chunks = 0; chunks < 3; chunks++) await reader.read()
    await reader.cancel()
    const [seen] = await until(async () => {
      const calls = await callsAbout(question)
      return calls[0]?.endedAt ? calls : null
    })
    expect(seen!.outcome).not.toBe('complete')
    await until(async () => (await record())?.state === 'cancelled')
    expect(await record()).toMatchObject({ source: 'estimate', refunded: 0 })
    expect(await used()).toBe(before + 1)
  })

  it('ends with its key, in the midst of a stream and before the first word', async () => {
    for (const model of ['pace:40:400', 'slow-first:5500']) {
      const { id, secret: key } = await newKey(owner)
      const question = `Revoke ${crypto.randomUUID()}`
      const reply = call(say(model, question, { stream: true }), { key })
      await until(async () => (await callsAbout(question))[0])
      await owner.request('DELETE', `/api/api-keys/${id}`)
      const said = await reply
      const text = await said.text()
      expect(said.status).toBe(model.startsWith('pace') ? 200 : 401)
      expect(text).toContain('"code":"invalid_api_key"')
      expect(text).not.toContain('[DONE]')
      await until(async () => (await callsAbout(question))[0]?.endedAt)
      await until(async () => (await record())?.state !== 'open')
    }
  })

  it('ends with a caller who leaves before the first word, and costs nothing', async () => {
    const question = `Leave early ${crypto.randomUUID()}`
    const before = await used()
    const leaving = new AbortController()
    const request = new Request('https://aichat.example/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify(say('slow-first:5500', question, { stream: true })),
      signal: leaving.signal,
    })
    const reply = app.fetch(request, env, createExecutionContext())
    await until(async () => (await callsAbout(question))[0])
    leaving.abort()
    await reply
    await until(async () => (await record())?.state === 'cancelled')
    expect(await record()).toMatchObject({ refunded: 1 })
    expect(await used()).toBe(before)
  })

  it('costs nothing where nothing came of it', async () => {
    const before = await used()
    const reply = await call(say('status:400'))
    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
    await until(async () => (await record())?.state === 'failed')
    expect(await used()).toBe(before)
  })

  it('tells a fault in mid-stream as an error, and never that it is done', async () => {
    const text = await (await call(say('cut:5', 'x', { stream: true }))).text()
    expect(text).not.toContain('[DONE]')
    expect(chunksIn(text).at(-1)).toMatchObject({ error: { code: 'interrupted' } })
  })

  it('begins with a comment when the first word is late', async () => {
    await admin.json('PATCH', '/api/settings', { values: { 'stream.heartbeatMs': 5_000 } })
    const text = await (await call(say('slow-first:5500', 'x', { stream: true }))).text()
    expect(text.startsWith(': keepalive\n\n')).toBe(true)
    await admin.json('PATCH', '/api/settings', { reset: ['stream.heartbeatMs'] })
  })
})

describe('a call that is refused', () => {
  it('for its form or its address says which', async () => {
    const authorization = `Bearer ${secret}`
    const send = async (method: string, path: string, body?: object) => {
      const options = { headers: { authorization }, ...(body && { body }) }
      const response = await new TestClient().request(method, `/v1${path}`, options)
      const { error } = await response.json<{ error: { code: string | null; param: string } }>()
      return [response.status, error.code, error.param]
    }
    expect(await send('GET', '/models/%E0%A4%A')).toEqual([404, 'model_not_found', 'model'])
    expect(await send('DELETE', '/models')).toEqual([405, null, null])
    expect(await send('PUT', '/responses/resp_x', {})).toEqual([405, null, null])
    const body = say('echo', 'x', { stream: 'true' })
    expect(await send('POST', '/chat/completions', body)).toEqual([400, null, 'stream'])
  })

  it('for a limit of its key says what is left, and when to come again', async () => {
    const limits = { messagesPerDay: 1, tokensPerDay: 1_000, requestsPerMinute: null }
    const { secret: key } = await newKey(owner, { limits })
    const first = await call(say('tokens:20'), { key })
    await first.text()
    expect(first.headers.get('x-ratelimit-limit-tokens')).toBe('1000')
    const refused = await call(say('tokens:20'), { key })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('x-ratelimit-limit-tokens')).toBe('1000')
    expect(await refused.json()).toMatchObject({ error: { code: 'insufficient_quota' } })
  })

  it('for want of a good key too often is damped, and harms no good one', async () => {
    const program = new TestClient()
    const send = (key: string) =>
      program.request('GET', '/v1/models', { headers: { authorization: `Bearer ${key}` } })
    const counts: Record<number, number> = {}
    for (let sent = 0; sent < 1_210; sent += 110) {
      const replies = await Promise.all(Array.from({ length: 110 }, () => send('wrong')))
      for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1
    }
    expect(counts).toEqual({ 401: 1_200, 429: 10 })
    expect((await send(secret)).status).toBe(200)
  })

  it('says why in the words of the API it speaks', async () => {
    const missing = await new TestClient().request('POST', '/v1/chat/completions', {
      body: say('echo'),
    })
    expect([missing.status, await missing.json()]).toMatchObject([
      401,
      { error: { type: 'invalid_request_error', code: 'invalid_api_key', param: null } },
    ])
    const unknown = await call(say('no-such-model'))
    expect([unknown.status, await unknown.json()]).toMatchObject([
      404,
      { error: { code: 'model_not_found', param: 'model' } },
    ])
    const empty = await call({ model: 'echo' })
    expect([empty.status, await empty.json()]).toMatchObject([
      400,
      { error: { param: 'messages' } },
    ])
    const { secret: narrow } = await newKey(owner, { scopes: ['models'] })
    const scoped = await call(say('echo'), { key: narrow })
    expect([scoped.status, await scoped.json()]).toMatchObject([
      403,
      { error: { code: 'permission_denied' } },
    ])
    const nowhere = await call({}, { path: '/v1/nowhere' })
    expect(nowhere.status).toBe(404)
  })

  it('for the limit of its key is told so, and leaves no row', async () => {
    const { secret: few } = await newKey(owner, { limits: { messagesPerDay: 1 } })
    expect((await call(say('echo'), { key: few })).status).toBe(200)
    const reply = await call(say('echo'), { key: few })
    expect([reply.status, await reply.json()]).toMatchObject([
      429,
      { error: { type: 'insufficient_quota', code: 'insufficient_quota' } },
    ])
  })

  it('for coming too often says when to come again', async () => {
    await admin.json('PATCH', '/api/settings', { values: { 'api.requestsPerMinute': 1 } })
    const { secret: plain } = await newKey(owner)
    const common = [
      await call(say('echo'), { key: plain }),
      await call(say('echo'), { key: plain }),
    ]
    expect(common.map(({ status }) => status)).toEqual([200, 429])
    await admin.json('PATCH', '/api/settings', { values: { 'api.requestsPerMinute': null } })
    const { secret: slow } = await newKey(owner, { limits: { requestsPerMinute: 2 } })
    const statuses: number[] = []
    for (let n = 0; n < 3; n++) statuses.push((await call(say('echo'), { key: slow })).status)
    const reply = await call(say('echo'), { key: slow })
    expect(statuses).toEqual([200, 200, 429])
    expect(reply.headers.get('x-ratelimit-limit-requests')).toBe('2')
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('for its token budget is told what was left of it before', async () => {
    const limits = { tokensPerDay: 30 }
    await admin.json('PATCH', '/api/settings', { values: { 'quota.user.tokensPerDay': 1_000_000 } })
    const { secret: few } = await newKey(owner, { limits })
    const first = await call(say('tokens:20'), { key: few })
    // Of those that hold it, its own is the tightest.
    expect(first.headers.get('x-ratelimit-limit-tokens')).toBe('30')
    expect(first.headers.get('x-ratelimit-remaining-tokens')).toBe('30')
    await first.text()
    const reply = await until(async () => {
      const next = await call(say('tokens:20'), { key: few })
      if (next.status !== 200) return next
      await next.text()
      return null
    })
    expect(await reply.json()).toMatchObject({ error: { code: 'insufficient_quota' } })
    await admin.json('PATCH', '/api/settings', { reset: ['quota.user.tokensPerDay'] })
  })

  it('does not exist while the API is off', async () => {
    await admin.json('PATCH', '/api/settings', { values: { 'api.enabled': false } })
    expect((await call(say('echo'))).status).toBe(404)
    await admin.json('PATCH', '/api/settings', { reset: ['api.enabled'] })
  })
})

it('lists the models a key may use, by the names they are called by', async () => {
  const get = (path: string) =>
    new TestClient().request('GET', path, { headers: { 'x-api-key': secret } })
  const { data } = await (await get('/v1/models')).json<{ data: { id: string }[] }>()
  expect(data.map(({ id }) => id).toSorted()).toEqual(scripts.toSorted())
  expect(await (await get('/v1/models/echo')).json()).toMatchObject({ id: 'echo', object: 'model' })
  expect((await get('/v1/models/none')).status).toBe(404)
})

it('answers browsers of the origins that are set', async () => {
  const from = (origin: string, method = 'GET', headers: Record<string, string> = {}) =>
    new TestClient().request(method, '/v1/models', {
      headers: {
        ...(method === 'GET' && { authorization: `Bearer ${secret}` }),
        origin,
        ...headers,
      },
    })
  const allowed = (reply: Response) => reply.headers.get('access-control-allow-origin')
  expect(allowed(await from('https://a.example'))).toBe('*')
  const preflight = await from('https://a.example', 'OPTIONS', {
    'access-control-request-headers': 'x-odd',
  })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-headers')).toBe('x-odd')
  const values = { 'api.corsOrigins': ['https://a.example'] }
  await admin.json('PATCH', '/api/settings', { values })
  expect(allowed(await from('https://a.example'))).toBe('https://a.example')
  expect(allowed(await from('https://b.example'))).toBeNull()
  expect(allowed(await from('https://b.example', 'OPTIONS'))).toBeNull()
  await admin.json('PATCH', '/api/settings', { reset: ['api.corsOrigins'] })
})
