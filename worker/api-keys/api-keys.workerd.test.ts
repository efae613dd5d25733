import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { signedIn } from '../authorisation-actors.ts'
import { newAccount } from '../test-accounts.ts'
import type { ApiKey, NewApiKey } from '../contract/api-keys.ts'
import type { AuditEntry } from '../contract/audit.ts'
import { newId, type Id } from '../contract/ids.ts'
import { onError, newRoutes } from '../platform/serve.ts'
import { applySettings } from '../settings/routes.ts'
import { openInstallation, withSettings, type TestClient } from '../test-client.ts'
import { keyOf, type KeyInUse } from './authenticate-key.ts'
import { forgetKeys } from './key-cache.ts'

let admin: TestClient

beforeAll(async () => {
  admin = await openInstallation()
})

async function newUser(role: 'admin' | 'user' = 'user') {
  const account = await newAccount(role)
  return { ...account, ...(await signedIn(account.id)) }
}

function create(client: TestClient, more: object = {}): Promise<NewApiKey & { code?: string }> {
  return client.json<NewApiKey>('POST', '/api/api-keys', { name: 'A script', ...more })
}

async function keysOf(client: TestClient): Promise<ApiKey[]> {
  return (await client.json<{ items: ApiKey[] }>('GET', '/api/api-keys')).items
}

/** A route that tells who a key stands for. */
const probe = newRoutes()
probe.use(async (context, next) => {
  await applySettings(context)
  await next()
})
probe.get('*', async (context) => context.json(await keyOf(context)))
probe.onError(onError)

async function use(headers: Record<string, string>): Promise<KeyInUse & { code?: string }> {
  const executing = createExecutionContext()
  const request = new Request('https://aichat.test/v1/models', { headers })
  const reply = await probe.fetch(request, env, executing)
  await waitOnExecutionContext(executing)
  return reply.json()
}

const bearer = (secret: string) => use({ authorization: `Bearer ${secret}` })
const refused = { code: 'not_signed_in' }

/** Every row of every table, as text. */
async function everything(): Promise<string> {
  const { results } = await env.DB.prepare(
    `select name from sqlite_master where type = 'table' and name not glob '_cf_*'`,
  ).all<{ name: string }>()
  const tables = await Promise.all(
    results.map(({ name }) => env.DB.prepare(`select * from "${name}"`).all()),
  )
  return JSON.stringify(tables.map((table) => table.results))
}

describe('a key', () => {
  it('is told once, to whoever makes it, and is nowhere in the database', async () => {
    const { client } = await newUser()
    const { secret, ...key } = await create(client)
    expect(secret).toMatch(/^sk-aichat-[A-Za-z0-9_-]{43}$/)
    expect(key).toMatchObject({
      name: 'A script',
      hint: `sk-aichat-…${secret.slice(-4)}`,
      scopes: ['chat', 'responses', 'embeddings', 'models'],
      modelIds: null,
      limits: { messagesPerDay: null, tokensPerDay: null, requestsPerMinute: null },
      expiresAt: null,
      lastUsedAt: null,
    })
    expect(await keysOf(client)).toEqual([key])
    await bearer(secret)
    const stored = await everything()
    expect(stored).toContain(key.id)
    expect(stored).not.toContain(secret)
    expect(stored).not.toContain(secret.slice('sk-aichat-'.length))
  })

  it('is told again to the same request with the same Idempotency-Key, and kept sealed', async () => {
    const { client, id } = await newUser()
    const post = (name: string) =>
      client.request('POST', '/api/api-keys', {
        body: { name },
        headers: { 'idempotency-key': 'once' },
      })
    const first = await (await post('Once')).json<NewApiKey>()
    const again = await post('Once')
    expect(again.status).toBe(201)
    expect(await again.json()).toEqual(first)
    expect((await post('Twice')).status).toBe(409)
    expect(await keysOf(client)).toHaveLength(1)
    const kept = await env.DB.prepare(`select reply from idempotency_keys where actor_id = ?1`)
      .bind(id)
      .first<{ reply: string }>()
    expect(kept!.reply).toMatch(/^v1\./)
    expect(await everything()).not.toContain(first.secret)
    // As after a change of the key they are sealed with: what cannot be opened is not made anew.
    await env.DB.prepare(`update idempotency_keys set reply = 'v1.AAAA.AAAA' where actor_id = ?1`)
      .bind(id)
      .run()
    expect(await (await post('Once')).json()).toMatchObject({ code: 'conflict', state: 'lost' })
    expect(await keysOf(client)).toHaveLength(1)
  })

  it('can be limited when it is made, within bounds', async () => {
    const { client } = await newUser()
    const modelIds = [newId('model')]
    const limits = { messagesPerDay: 0, requestsPerMinute: 5 }
    const expiresAt = Date.now() + 60_000
    const key = await create(client, { scopes: ['chat'], modelIds, limits, expiresAt })
    expect(key).toMatchObject({
      scopes: ['chat'],
      modelIds,
      expiresAt,
      limits: { messagesPerDay: 0, tokensPerDay: null, requestsPerMinute: 5 },
    })
    const unfit: object[] = [
      { name: ' ' },
      { name: 'x'.repeat(61) },
      { name: 'read \u202Edekovne' },
      { scopes: [] },
      { scopes: ['chat', 'chat'] },
      { scopes: ['all'] },
      { modelIds: ['gpt-4'] },
      { limits: { requestsPerMinute: 0 } },
      { limits: { messagesPerDay: -1 } },
      { expiresAt: Date.now() - 1 },
      { hint: 'mine' },
    ]
    for (const more of unfit) expect((await create(client, more)).code).toBe('invalid_request')
    expect(await keysOf(client)).toHaveLength(1)
  })

  it('is changed field by field by its owner, and by nobody else', async () => {
    const [{ client }, stranger] = [await newUser(), await newUser('admin')]
    const { secret, ...key } = await create(client, { limits: { messagesPerDay: 5 } })
    const path = `/api/api-keys/${key.id}`
    const changed = await client.json<ApiKey>('PATCH', path, {
      name: 'Renamed',
      limits: { tokensPerDay: 100 },
    })
    const expected = {
      ...key,
      name: 'Renamed',
      limits: { messagesPerDay: 5, tokensPerDay: 100, requestsPerMinute: null },
    }
    expect(changed).toEqual(expected)
    await client.json('PATCH', path, { expiresAt: Date.now() + 9_999, modelIds: [] })
    await client.json('PATCH', path, { expiresAt: null, modelIds: null })
    expect(await keysOf(client)).toEqual([expected])
    expect(await client.json('PATCH', path, { scopes: ['chat'] })).toMatchObject({
      code: 'invalid_request',
    })
    const ago = { expiresAt: Date.now() - 1 }
    expect(await client.json('PATCH', path, ago)).toMatchObject({ code: 'invalid_request' })
    for (const [method, body] of [
      ['PATCH', { name: 'Mine' }],
      ['DELETE', undefined],
    ] as const) {
      expect(await stranger.client.json(method, path, body)).toMatchObject({ code: 'not_found' })
    }
    expect(await keysOf(client)).toEqual([expected])
    expect((await bearer(secret)).name).toBe('Renamed')
  })
})

describe('the keys of a user', () => {
  it('are as many as the setting allows, of any number made at the same moment', async () => {
    const { client } = await newUser()
    const made = await Promise.all(Array.from({ length: 20 }, () => create(client)))
    expect(made.filter(({ secret }) => secret !== undefined)).toHaveLength(10)
    expect(made.filter(({ code }) => code === 'conflict')).toHaveLength(10)
    const keys = await keysOf(client)
    expect(keys).toHaveLength(10)
    await withSettings(admin, { 'api.keysPerUserMax': 11 }, async () => {
      expect((await create(client)).secret).toBeDefined()
    })
    // Those there are stay, also over a limit that is lower now.
    expect(await create(client)).toMatchObject({ code: 'conflict', state: 'full', max: 10 })
    expect(await keysOf(client)).toHaveLength(11)
    await client.request('DELETE', `/api/api-keys/${keys[0]!.id}`)
    await client.request('DELETE', `/api/api-keys/${keys[1]!.id}`)
    expect((await create(client)).secret).toBeDefined()
  })

  it('are seen and revoked by administrators, page by page and by owner', async () => {
    const [one, other] = [await newUser(), await newUser()]
    const made = [await create(one.client), await create(one.client)]
    // Within a millisecond, either may be the newer one.
    const [first, second] = made.toSorted((a, b) => (a.id < b.id ? -1 : 1)) as [
      NewApiKey,
      NewApiKey,
    ]
    await create(other.client)
    const page = await admin.json<{ items: ApiKey[]; nextCursor: string }>(
      'GET',
      `/api/api-keys?all=1&ownerId=${one.id}&limit=1`,
    )
    expect(page.items.map(({ id, owner }) => [id, owner])).toEqual([
      [second.id, { id: one.id, username: one.username }],
    ])
    const rest = await admin.json<{ items: ApiKey[]; nextCursor: null }>(
      'GET',
      `/api/api-keys?all=1&ownerId=${one.id}&limit=1&cursor=${page.nextCursor}`,
    )
    expect([rest.items[0]?.id, rest.nextCursor]).toEqual([first.id, null])
    const all = await admin.json<{ items: ApiKey[] }>('GET', '/api/api-keys?all=1&limit=100')
    expect(all.items.map(({ owner }) => owner?.id)).toEqual(
      expect.arrayContaining([one.id, other.id]),
    )
    expect(JSON.stringify(all)).not.toContain(first.secret.slice(10))
    expect(await one.client.json('GET', '/api/api-keys?all=1')).toMatchObject({ code: 'forbidden' })

    const path = `/api/users/${one.id}/api-keys`
    const theirs = await admin.json<{ items: ApiKey[] }>('GET', path)
    expect(theirs.items.map(({ id }) => id)).toEqual([second.id, first.id])
    expect(await admin.json('GET', `/api/users/${one.id}`)).toMatchObject({ apiKeys: 2 })
    const elsewhere = `/api/users/${other.id}/api-keys/${first.id}`
    expect(await admin.json('DELETE', elsewhere)).toMatchObject({ code: 'not_found' })
    expect(await one.client.json('DELETE', `${path}/${first.id}`)).toMatchObject({
      code: 'forbidden',
    })
    expect((await admin.request('DELETE', `${path}/${first.id}`)).status).toBe(204)
    expect(await bearer(first.secret)).toMatchObject(refused)
    expect((await keysOf(one.client)).map(({ id }) => id)).toEqual([second.id])
    const missing = `/api/users/${newId('user')}/api-keys`
    expect(await admin.json('GET', missing)).toMatchObject({ code: 'not_found' })
  })

  it('leave records of what was done with them, without the key', async () => {
    const user = await newUser()
    const key = await create(user.client, { scopes: ['chat'], modelIds: [newId('model')] })
    await user.client.json('PATCH', `/api/api-keys/${key.id}`, { name: 'Renamed' })
    await user.client.json('PATCH', `/api/api-keys/${key.id}`, { name: 'Renamed' })
    await admin.request('DELETE', `/api/users/${user.id}/api-keys/${key.id}`)
    const { items } = await admin.json<{ items: AuditEntry[] }>('GET', '/api/audit?kind=key')
    const about = items.filter(({ target }) => target?.id === key.id).toReversed()
    expect(
      about.map(({ kind, actor, before, after }) => [kind, actor?.name, before, after]),
    ).toEqual([
      ['key.create', user.username, null, { name: 'A script', scopes: ['chat'], models: 1 }],
      ['key.update', user.username, { name: 'A script' }, { name: 'Renamed' }],
      ['key.delete', admin.username, { owner: user.username, scopes: ['chat'] }, null],
    ])
    expect(JSON.stringify(items)).not.toContain(key.secret.slice(-20))
  })

  it('go with the account', async () => {
    const user = await newUser()
    const { secret } = await create(user.client)
    await admin.request('DELETE', `/api/users/${user.id}`)
    expect(await bearer(secret)).toMatchObject(refused)
    expect(await everything()).not.toContain(`"user_id":"${user.id}"`)
  })
})

describe('a request with a key', () => {
  it('is of the owner, within the limits of both', async () => {
    const user = await newUser()
    await admin.json('PUT', `/api/users/${user.id}/limits`, { messagesPerDay: 7 })
    const key = await create(user.client, { scopes: ['models'], limits: { tokensPerDay: 9 } })
    const inUse = {
      id: key.id,
      name: 'A script',
      scopes: ['models'],
      modelIds: null,
      limits: { messagesPerDay: null, tokensPerDay: 9, requestsPerMinute: null },
      user: { type: 'user', id: user.id, username: user.username, role: 'user', avatarUrl: null },
      ownLimits: { messagesPerDay: 7 },
    }
    const { secret } = key
    const ways = [
      { authorization: `Bearer ${secret}` },
      { authorization: `bearer  ${secret}` },
      { 'api-key': secret },
      { 'x-api-key': secret },
      { authorization: 'Bearer of-another-kind', 'x-api-key': secret },
    ]
    for (const headers of ways) expect(await use(headers)).toEqual(inUse)
  })

  it('is refused without one, with one nobody made, and with a cookie', async () => {
    const user = await newUser()
    const { secret } = await create(user.client)
    const last = secret.endsWith('A') ? 'B' : 'A'
    const strangers: Record<string, string>[] = [
      {},
      { cookie: user.client.cookie },
      { authorization: secret },
      { authorization: 'Bearer' },
      { authorization: `Basic ${secret}` },
      { authorization: `Bearer ${secret}A` },
      { authorization: `Bearer ${secret.slice(0, -1)}${last}` },
      { authorization: `Bearer sk-aichat-${'%'.repeat(43)}` },
    ]
    for (const headers of strangers) expect(await use(headers)).toMatchObject(refused)
  })

  it('is refused from the moment the key is revoked', async () => {
    const { client } = await newUser()
    const { id, secret } = await create(client)
    expect((await bearer(secret)).id).toBe(id)
    expect((await client.request('DELETE', `/api/api-keys/${id}`)).status).toBe(204)
    expect(await bearer(secret)).toMatchObject(refused)
    expect((await client.request('DELETE', `/api/api-keys/${id}`)).status).toBe(404)
  })

  it('is refused once the key has expired, until its owner extends it', async () => {
    const { client } = await newUser()
    const { id, secret } = await create(client, { expiresAt: Date.now() + 60_000 })
    expect((await bearer(secret)).id).toBe(id)
    await set(id, 'expires_at', Date.now() - 1)
    expect(await bearer(secret)).toMatchObject(refused)
    expect((await keysOf(client))[0]?.expiresAt).toBeLessThan(Date.now())
    await client.json('PATCH', `/api/api-keys/${id}`, { expiresAt: Date.now() + 60_000 })
    expect((await bearer(secret)).id).toBe(id)
  })

  it('is refused while its owner is disabled', async () => {
    const user = await newUser()
    const { id, secret } = await create(user.client)
    await admin.json('POST', `/api/users/${user.id}/disable`, {})
    forgetKeys()
    expect(await bearer(secret)).toMatchObject(refused)
    await admin.json('POST', `/api/users/${user.id}/enable`)
    forgetKeys()
    expect((await bearer(secret)).id).toBe(id)
  })

  it('is refused where only administrators may have keys, unless its owner is one', async () => {
    const [user, other] = [await newUser(), await newUser('admin')]
    const [theirs, own] = [await create(user.client), await create(other.client)]
    await withSettings(admin, { 'api.audience': 'admins' }, async () => {
      expect(await bearer(theirs.secret)).toMatchObject(refused)
      expect((await bearer(own.secret)).id).toBe(own.id)
      expect(await create(user.client)).toMatchObject({
        code: 'forbidden',
        capability: 'manageOwnKeys',
      })
      const me = await user.client.json<{ capabilities: string[] }>('GET', '/api/me')
      expect(me.capabilities).not.toContain('manageOwnKeys')
      expect((await create(other.client)).secret).toBeDefined()
    })
    expect((await bearer(theirs.secret)).id).toBe(theirs.id)
  })

  it('is noted as its last use, once a minute at most', async () => {
    const { client } = await newUser()
    const { id, secret } = await create(client)
    const lastUsedAt = async () => (await keysOf(client))[0]?.lastUsedAt
    await bearer(secret)
    const first = await lastUsedAt()
    expect(first).toBeGreaterThan(Date.now() - 10_000)
    forgetKeys()
    await bearer(secret)
    expect(await lastUsedAt()).toBe(first)
    await set(id, 'last_used_at', Date.now() - 61_000)
    await bearer(secret)
    expect(await lastUsedAt()).toBeGreaterThanOrEqual(first!)
  })
})

/** As if time had passed. */
async function set(id: Id<'key'>, column: string, at: number): Promise<void> {
  await env.DB.prepare(`update api_keys set ${column} = ?2 where id = ?1`).bind(id, at).run()
  forgetKeys()
}
