import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { png } from './attachments/tiny-images.ts'
import { newKey } from './authorisation-actors.ts'
import { newAccount } from './test-accounts.ts'
import type { AuditEntry, AuditKind } from './contract/audit.ts'
import { newId, type Id } from './contract/ids.ts'
import { served } from './platform/serve.ts'
import { connectModels, openInstallation, type TestClient, uniqueName } from './test-client.ts'

const plantedKey = 'sk-planted-0123456789abcdef'
const plantedHeader = 'header-planted-0123456789'
const plantedPassword = 'planted horse 123'

let admin: TestClient
let model: Id<'model'>
let connection: Id<'connection'>

beforeAll(async () => {
  admin = await openInstallation()
  ;[model] = (await connectModels(admin, ['echo'])) as [Id<'model'>]
  connection = await newConnection()
})

async function newConnection(): Promise<Id<'connection'>> {
  const { id } = await admin.json<{ id: Id<'connection'> }>('POST', '/api/connections', {
    provider: 'openai',
    name: uniqueName(),
    baseUrl: `${env.TEST_UPSTREAM}?token=${plantedKey}`,
    apiKey: plantedKey,
    headers: [{ name: 'x-planted', value: plantedHeader }],
    modelIds: ['echo'],
  })
  return id
}

interface Write {
  kind: AuditKind
  /** What stands in the path, name by name. */
  id?: () => Promise<string | readonly string[]>
  body?: () => Promise<unknown> | unknown
}

const account = (state: string) => async () => (await newAccount('user', state)).id
const active = account('active')
async function ownKey(): Promise<string> {
  const { id } = await admin.json<{ id: string }>('POST', '/api/api-keys', { name: uniqueName() })
  return id
}
const image = () => {
  const form = new FormData()
  form.set('file', new File([png(8, 8, crypto.randomUUID())], 'logo.png'))
  return form
}

/** A write through every endpoint that manages something. */
const writes: Record<string, Write> = {
  'POST /api/users': {
    kind: 'user.create',
    body: () => ({ username: uniqueName(), password: plantedPassword }),
  },
  'POST /api/users/bulk': {
    kind: 'user.disable',
    body: async () => ({ ids: [await active()], action: 'disable' }),
  },
  'PATCH /api/users/:id': { kind: 'user.role', id: active, body: () => ({ role: 'admin' }) },
  'DELETE /api/users/:id': { kind: 'user.delete', id: active },
  'POST /api/users/:id/approve': { kind: 'user.approve', id: account('pending') },
  'POST /api/users/:id/reject': {
    kind: 'user.reject',
    id: account('pending'),
    body: () => ({ reason: 'No room' }),
  },
  'POST /api/users/:id/enable': { kind: 'user.enable', id: account('disabled') },
  'POST /api/users/:id/disable': { kind: 'user.disable', id: active, body: () => ({}) },
  'PUT /api/users/:id/password': {
    kind: 'user.password',
    id: active,
    body: () => ({ password: plantedPassword }),
  },
  'PUT /api/users/:id/limits': {
    kind: 'user.limits',
    id: active,
    body: () => ({ messagesPerDay: 7, resetUsed: true }),
  },
  'POST /api/users/:id/sign-out': { kind: 'user.signOut', id: active },
  'POST /api/quotas/reset': { kind: 'quota.reset', body: () => ({ scope: 'users' }) },

  'POST /api/connections': {
    kind: 'connection.create',
    body: () => ({
      provider: 'openai',
      name: uniqueName(),
      baseUrl: env.TEST_UPSTREAM,
      apiKey: plantedKey,
      modelIds: ['echo'],
    }),
  },
  'PATCH /api/connections/:id': {
    kind: 'connection.update',
    id: async () => connection,
    body: () => ({
      apiKey: `${plantedKey}2`,
      headers: [{ name: 'x-planted', value: `${plantedHeader}2` }],
    }),
  },
  'DELETE /api/connections/:id': { kind: 'connection.delete', id: newConnection },
  'POST /api/connections/import': {
    kind: 'connection.import',
    async body() {
      const file = await admin.json<{ items: object[] }>('GET', '/api/connections/export')
      return { ...file, items: [{ ...file.items[0], name: uniqueName() }] }
    },
  },
  'POST /api/connections/:id/refresh': { kind: 'connection.refresh', id: async () => connection },
  'POST /api/models/refresh': { kind: 'model.refresh' },
  'PATCH /api/models': {
    kind: 'model.override',
    body: () => ({ ids: [model], patch: { label: uniqueName() } }),
  },
  'PATCH /api/models/:id': {
    kind: 'model.override',
    id: async () => model,
    body: () => ({ label: uniqueName() }),
  },
  'DELETE /api/models/:id/overrides': {
    kind: 'model.reset',
    async id() {
      await admin.json('PATCH', `/api/models/${model}`, { label: 'To be reset' })
      return model
    },
  },
  'POST /api/models/overrides/delete': {
    kind: 'model.reset',
    async body() {
      await admin.json('PATCH', `/api/models/${model}`, { label: 'To be reset' })
      return { all: true }
    },
  },
  'POST /api/models/import': {
    kind: 'model.import',
    async body() {
      await admin.json('PATCH', `/api/models/${model}`, { label: uniqueName() })
      const file = await admin.json<object>('GET', '/api/models/export')
      await admin.json('DELETE', `/api/models/${model}/overrides`)
      return file
    },
  },

  'PATCH /api/settings': {
    kind: 'setting.change',
    body: () => ({ values: { 'brand.name': uniqueName() } }),
  },
  'POST /api/settings/rollback': {
    kind: 'setting.rollback',
    async body() {
      await admin.json('PATCH', '/api/settings', { values: { 'brand.name': uniqueName() } })
      return { revision: 1 }
    },
  },
  'PUT /api/settings/branding/:image': {
    kind: 'setting.image',
    id: async () => 'logo',
    body: image,
  },
  'DELETE /api/settings/branding/:image': {
    kind: 'setting.image',
    async id() {
      await admin.request('PUT', '/api/settings/branding/favicon', { body: image() })
      return 'favicon'
    },
  },

  'POST /api/api-keys': { kind: 'key.create', body: () => ({ name: 'A script' }) },
  'PATCH /api/api-keys/:id': {
    kind: 'key.update',
    id: ownKey,
    body: () => ({ name: uniqueName() }),
  },
  'DELETE /api/api-keys/:id': { kind: 'key.delete', id: ownKey },
  'DELETE /api/users/:id/api-keys/:keyId': {
    kind: 'key.delete',
    async id() {
      const userId = await active()
      return [userId, await newKey(userId)]
    },
  },

  'POST /api/jobs/:name/run': { kind: 'job.run', id: async () => 'sessions' },
}

/** What changes nothing that is kept, each for its reason. */
const withoutRecord: Record<string, string> = {
  'POST /api/connections/verify': 'it tries a form and stores nothing',
  'POST /api/connections/:id/verify': 'it tries a connection and stores nothing',
  'POST /api/attachments/refresh': 'it shows links as they are made now',
}

const managing = served
  .filter(({ method, capability }) => method !== 'GET' && capability?.startsWith('manage'))
  .map(({ method, path }) => `${method} ${path}`)

async function countOf(kind: string): Promise<number> {
  const row = await env.DB.prepare(`select count(*) as n from audit where kind = ?1`)
    .bind(kind)
    .first<{ n: number }>()
  return row!.n
}

describe('every write of an administrator', () => {
  it('is in one of the two lists', () => {
    const listed = { ...writes, ...withoutRecord }
    expect(managing.filter((route) => !(route in listed))).toEqual([])
  })

  it.each(Object.entries(writes).filter(([route]) => managing.includes(route)))(
    'leaves its record: %s',
    async (route, write) => {
      const [method = '', path = ''] = route.split(' ')
      const ids = [(await write.id?.()) ?? []].flat()
      const body = await write.body?.()
      const before = await countOf(write.kind)
      const address = ids.reduce((filled, id) => filled.replace(/:\w+/, id), path)
      const reply = await admin.request(method, address, body === undefined ? {} : { body })
      expect([200, 201, 204]).toContain(reply.status)
      expect(await countOf(write.kind)).toBe(before + 1)
      const { items } = await admin.json<{ items: AuditEntry[] }>(
        'GET',
        `/api/audit?kind=${write.kind}&limit=1`,
      )
      expect(items[0]).toMatchObject({
        kind: write.kind,
        actor: { type: 'user', name: admin.username },
        network: expect.stringMatching(/^198\.51\.\d+\.0\/24$/) as string,
      })
    },
  )

  it('leaves none where nothing came of it', async () => {
    const nobody = newId('user')
    const all = async () =>
      (await env.DB.prepare(`select count(*) as n from audit`).first<{ n: number }>())!.n
    const before = await all()
    const me = await admin.json<{ actor: { id: string } }>('GET', '/api/me')
    await admin.json('POST', `/api/users/${nobody}/approve`)
    await admin.json('DELETE', `/api/users/${nobody}`)
    await admin.json('PATCH', `/api/users/${me.actor.id}`, { role: 'user' })
    await admin.json('PATCH', `/api/users/${me.actor.id}`, { role: 'admin' })
    await admin.json('POST', '/api/users/bulk', { ids: [nobody, me.actor.id], action: 'delete' })
    await admin.json('PATCH', '/api/settings', { values: {} })
    await admin.json('PATCH', `/api/models/${newId('model')}`, { label: 'Nobody' })
    await admin.json('DELETE', `/api/connections/${newId('connection')}`)
    expect(await all()).toBe(before)
  })

  it('says of secrets that they were set, and nothing else', async () => {
    const { items } = await admin.json<{ items: AuditEntry[] }>(
      'GET',
      '/api/audit?kind=connection.update&limit=1',
    )
    const secrets = { apiKey: '[set]', headers: { 'x-planted': '[set]' } }
    expect(items[0]).toMatchObject({ before: secrets, after: secrets })
    await admin.json('PATCH', `/api/connections/${connection}`, { apiKey: null, headers: [] })
    const cleared = await admin.json<{ items: AuditEntry[] }>(
      'GET',
      '/api/audit?kind=connection.update&limit=1',
    )
    expect(cleared.items[0]?.after).toEqual({ apiKey: '[cleared]', headers: {} })
    const { results } = await env.DB.prepare(`select * from audit`).all()
    expect(JSON.stringify(results)).not.toMatch(/planted-0123456789|planted horse|scrypt/)
  })
})
