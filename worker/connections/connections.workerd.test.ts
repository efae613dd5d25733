import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Connection, Verification } from '../contract/connections.ts'
import type { Model } from '../contract/models.ts'
import { logged, newSend, openInstallation, readFrames, type TestClient } from '../test-client.ts'

let admin: TestClient
beforeAll(async () => {
  admin = await openInstallation()
})

const key = 'sk-planted-secret-1234567890abcd'

function create(more: Record<string, unknown> = {}): Promise<Connection & { code?: string }> {
  const body = { provider: 'openai', baseUrl: env.TEST_UPSTREAM, apiKey: key, ...more }
  return admin.json<Connection>('POST', '/api/connections', body)
}

describe('a connection', () => {
  it('publishes the models of its provider under its prefix', async () => {
    const connection = await create({ prefix: 'fake', name: 'Fake' })
    expect(connection.status).toMatchObject({ ok: true, problem: null })
    const { items } = await admin.json<{ items: Model[] }>('GET', '/api/models')
    const mine = items.filter(({ channel }) => channel === 'Fake')
    expect(mine.length).toBe(connection.status.models)
    expect(mine.every(({ name, rawId }) => name === `fake.${rawId}`)).toBe(true)
  })

  it('never gives its key or header values back, and stores them sealed', async () => {
    const made = await create({ headers: [{ name: 'x-team', value: 'planted-header-value' }] })
    const replies = await Promise.all([
      admin.request('GET', `/api/connections/${made.id}`),
      admin.request('GET', '/api/connections?limit=100'),
      admin.request('GET', '/api/models?all=1'),
    ])
    const texts = await Promise.all([JSON.stringify(made), ...replies.map((reply) => reply.text())])
    const { results } = await env.DB.prepare('select * from connections').all()
    for (const text of [...texts, JSON.stringify(results)]) {
      expect(text).not.toContain(key)
      expect(text).not.toContain('planted-header-value')
    }
    expect(made).toMatchObject({
      apiKey: { set: true, hint: '…abcd' },
      headers: [{ name: 'x-team', value: { set: true } }],
    })
  })

  it('has no header that was given no value, whatever its name', async () => {
    const headers = [{ name: 'x-team' }, { name: 'constructor' }, { name: '__proto__', value: 'v' }]
    const made = await create({ headers })
    expect(made.headers).toEqual([{ name: '__proto__', value: { set: true } }])
  })

  it('keeps its key when something else is edited, and loses it only by null', async () => {
    const { id } = await create()
    await admin.json('PATCH', `/api/connections/${id}`, { name: 'Renamed', prefix: 'p' })
    expect(await admin.json('GET', `/api/connections/${id}`)).toMatchObject({
      name: 'Renamed',
      apiKey: { set: true },
    })
    await admin.json('PATCH', `/api/connections/${id}`, { prefix: null })
    expect(await admin.json('GET', `/api/connections/${id}`)).toMatchObject({
      prefix: null,
      apiKey: { set: true },
    })
    await admin.json('PATCH', `/api/connections/${id}`, { apiKey: null })
    expect(await admin.json('GET', `/api/connections/${id}`)).toMatchObject({
      apiKey: { set: false, hint: null },
    })
  })

  it('takes its models away when it is disabled or deleted, and says so at the next send', async () => {
    const { id } = await create({ name: 'Going' })
    const { items } = await admin.json<{ items: Model[] }>('GET', '/api/models')
    const model = items.find(({ channel }) => channel === 'Going')!
    await admin.json('PATCH', `/api/connections/${id}`, { enabled: false })
    expect(await (await admin.send(newSend(model.id))).json()).toMatchObject({
      code: 'model_not_found',
    })
    await admin.json('PATCH', `/api/connections/${id}`, { enabled: true })
    expect(logged(await readFrames(await admin.send(newSend(model.id)))).length).toBeGreaterThan(3)
    expect((await admin.request('DELETE', `/api/connections/${id}`)).status).toBe(204)
    expect(await (await admin.send(newSend(model.id))).json()).toMatchObject({
      code: 'model_not_found',
    })
    expect((await admin.request('GET', `/api/connections/${id}`)).status).toBe(404)
  })

  it('is refused for an address that may not be called, before anything is stored', async () => {
    const before = await admin.json<{ items: unknown[] }>('GET', '/api/connections?limit=100')
    for (const [baseUrl, reason] of [
      ['http://169.254.169.254/latest', 'metadata'],
      ['https://user:pass@api.example.com/v1', 'user_info'],
      ['ftp://api.example.com', 'scheme'],
    ]) {
      expect(await create({ baseUrl })).toMatchObject({ code: 'address_refused', reason })
    }
    await admin.json('PATCH', '/api/settings', { values: { 'provider.allowPrivateHosts': false } })
    expect(await create()).toMatchObject({ code: 'address_refused' })
    await admin.json('PATCH', '/api/settings', { values: { 'provider.allowPrivateHosts': true } })
    const after = await admin.json<{ items: unknown[] }>('GET', '/api/connections?limit=100')
    expect(after.items).toHaveLength(before.items.length)
  })

  it('lists more connections than a page page by page', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: { items: Connection[]; nextCursor: string | null } = await admin.json(
        'GET',
        `/api/connections?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      )
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor)
    const all = await admin.json<{ items: Connection[] }>('GET', '/api/connections?limit=100')
    expect(seen).toEqual(all.items.map(({ id }) => id))
  })
})

describe('verification', () => {
  const verify = (body: Record<string, unknown>) =>
    admin.json<Verification>('POST', '/api/connections/verify', { provider: 'openai', ...body })

  it('tells how many models there are, and stores nothing', async () => {
    const before = await admin.json<{ items: unknown[] }>('GET', '/api/connections?limit=100')
    const found = await verify({ baseUrl: env.TEST_UPSTREAM, apiKey: key })
    expect(found).toMatchObject({ ok: true, problem: null })
    expect(found.models).toBeGreaterThan(0)
    const after = await admin.json<{ items: unknown[] }>('GET', '/api/connections?limit=100')
    expect(after.items).toEqual(before.items)
  })

  it('names the address that would have worked', async () => {
    const found = await verify({ baseUrl: `${env.TEST_UPSTREAM}/chat/completions`, apiKey: key })
    expect(found).toMatchObject({ ok: false, problem: { baseUrl: env.TEST_UPSTREAM } })
  })

  it('says of a private host why it is not called while those are off', async () => {
    const allow = (isAllowed: boolean) =>
      admin.json('PATCH', '/api/settings', { values: { 'provider.allowPrivateHosts': isAllowed } })
    const { id } = await create()
    await allow(false)
    const refusals = [
      await verify({ baseUrl: env.TEST_UPSTREAM, apiKey: key }),
      await admin.json('POST', `/api/connections/${id}/verify`, {}),
    ]
    await allow(true)
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({
        code: 'address_refused',
        reason: 'private',
        detail: 'This address may not be called.',
      })
    }
  })

  it('tells a port where nobody listens from a key that is missing', async () => {
    const refused = await verify({ baseUrl: 'http://127.0.0.1:1/v1', apiKey: key })
    expect(refused).toMatchObject({ ok: false, problem: { code: 'provider_unavailable' } })
    expect(await verify({ baseUrl: env.TEST_UPSTREAM })).toMatchObject({
      ok: false,
      problem: { code: 'connection_unusable' },
    })
  })

  it('uses the stored key for the host it was given for, and for no other', async () => {
    const { id } = await create()
    const same = await admin.json<Verification>('POST', `/api/connections/${id}/verify`, {})
    expect(same.ok).toBe(true)
    const moved = await admin.json<Verification>('POST', `/api/connections/${id}/verify`, {
      baseUrl: 'http://127.0.0.2:9/v1',
    })
    expect(moved).toMatchObject({ ok: false, problem: { code: 'connection_unusable' } })
  })

  it('sends no stored key in the open that was given for an encrypted connection', async () => {
    const { id } = await create({ baseUrl: 'https://127.0.0.1/v1', modelIds: ['m'] })
    const opened = await admin.json<Verification>('POST', `/api/connections/${id}/verify`, {
      baseUrl: 'http://127.0.0.1/v1',
    })
    expect(opened).toMatchObject({ ok: false, problem: { code: 'connection_unusable' } })
  })
})

it('a provider that nobody has written an adapter for is refused by name', async () => {
  expect(await create({ provider: 'telepathy' })).toMatchObject({
    code: 'invalid_request',
    errors: [{ path: 'provider' }],
  })
})
