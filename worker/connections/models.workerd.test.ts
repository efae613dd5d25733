import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type Id } from '../contract/ids.ts'
import type { Model, OverrideEntry, Refreshed } from '../contract/models.ts'
import {
  connectModels,
  logged,
  newSend,
  openInstallation,
  readFrames,
  TestClient,
  takeSteps,
} from '../test-client.ts'
import { findConnection } from './connections.ts'
import { removeGoneModels } from './refresh-models.ts'
import { syncModels } from './sync-models.ts'

let admin: TestClient
let user: TestClient
beforeAll(async () => {
  admin = await openInstallation()
  user = new TestClient()
  await user.join()
})

const list = async (client: TestClient, all = false) =>
  (await client.json<{ items: Model[] }>('GET', `/api/models${all ? '?all=1' : ''}`)).items
const find = async (client: TestClient, id: Id<'model'>, all = false) =>
  (await list(client, all)).find((model) => model.id === id)
const patch = (id: Id<'model'>, override: Record<string, unknown>) =>
  admin.json<Model>('PATCH', `/api/models/${id}`, override)

describe('an override', () => {
  it('wins over what is known, says so beside each value, and goes back with null', async () => {
    const [id] = (await connectModels(admin, ['gpt-4o'])) as [Id<'model'>]
    const before = await find(admin, id, true)
    expect(before).toMatchObject({ contextWindow: 128_000, contextSource: 'table' })
    expect(before).toMatchObject({ overridden: false, capabilitySources: { vision: 'table' } })
    const changed = await patch(id, {
      label: 'Ours',
      contextWindow: 20_000,
      outputTokens: 5_000,
      capabilities: { vision: false },
      tags: ['fast'],
      efforts: ['low', 'high'],
    })
    expect(changed).toMatchObject({
      label: 'Ours',
      overridden: true,
      contextWindow: 20_000,
      contextSource: 'override',
      outputTokens: 5_000,
      outputSource: 'override',
      capabilities: { vision: false },
      capabilitySources: { vision: 'override' },
      tags: ['fast'],
      reasoning: { efforts: ['low', 'high'] },
      original: { label: 'gpt-4o', contextWindow: 128_000, contextSource: 'table', efforts: null },
    })
    const partly = await patch(id, { contextWindow: null, capabilities: { vision: null } })
    expect(partly).toMatchObject({
      label: 'Ours',
      contextWindow: 128_000,
      contextSource: 'table',
      capabilities: { vision: true },
      outputTokens: 5_000,
    })
    await admin.json('DELETE', `/api/models/${id}/overrides`)
    expect(await find(admin, id, true)).toEqual(before)
  })

  it('is in force at the next message', async () => {
    const [id] = (await connectModels(admin, ['words:3'])) as [Id<'model'>]
    await patch(id, { contextWindow: 300, label: 'Small' })
    const long = 'word '.repeat(400)
    expect(await (await admin.send(newSend(id, long))).json()).toMatchObject({
      code: 'context_too_long',
      tokensMax: 300,
    })
    const [start] = logged(await readFrames(await admin.send(newSend(id))))
    expect(start).toMatchObject({ event: { model: { label: 'Small' }, contextWindow: 300 } })
  })

  it('refuses what is out of bounds or unknown, naming the field, and stores nothing', async () => {
    const [id] = (await connectModels(admin, ['words:4'])) as [Id<'model'>]
    for (const [override, path] of [
      [{ contextWindow: 1 }, 'contextWindow'],
      [{ outputTokens: 0.5 }, 'outputTokens'],
      [{ label: '' }, 'label'],
      [{ efforts: ['turbo'] }, 'efforts.0'],
      [{ capabilities: { telepathy: true } }, 'capabilities'],
      [{ access: { guest: 'maybe' } }, 'access.guest'],
    ] as const) {
      const refusal = await patch(id, { ...override })
      expect(refusal).toMatchObject({ code: 'invalid_request' })
      expect(JSON.stringify(refusal)).toContain(path)
    }
    expect(await find(admin, id, true)).toMatchObject({ overridden: false })
    expect(await patch('mdl_000000000000000000000000', { label: 'x' })).toMatchObject({
      code: 'not_found',
    })
  })

  it('survives a refresh, and the disappearance and return of its model', async () => {
    const [kept, gone] = (await connectModels(admin, ['kept-model', 'gone-model'])) as Id<'model'>[]
    await patch(gone!, { label: 'Mine' })
    const { connectionId } = (await find(admin, gone!, true))!
    const rename = (modelIds: string[]) =>
      admin.json('PATCH', `/api/connections/${connectionId}`, { modelIds })
    await rename(['kept-model'])
    expect(await find(admin, gone!)).toBeUndefined()
    expect((await find(admin, gone!, true))?.goneAt).toBeTypeOf('number')
    await takeSteps(removeGoneModels(env, Date.now() + 8 * 86_400_000))
    expect(await find(admin, gone!, true)).toMatchObject({ label: 'Mine' })
    await rename(['kept-model', 'gone-model'])
    expect(await find(admin, gone!)).toMatchObject({ label: 'Mine', available: true })
    await admin.json('POST', `/api/connections/${connectionId}/refresh`)
    expect(await find(admin, gone!)).toMatchObject({ label: 'Mine' })
    await rename(['gone-model'])
    await takeSteps(removeGoneModels(env, Date.now() + 8 * 86_400_000))
    expect(await find(admin, kept!, true)).toBeUndefined()
  })

  it('is laid over many models at once, and taken away from many', async () => {
    const ids = await connectModels(admin, ['bulk-1', 'bulk-2', 'bulk-3'])
    await patch(ids[0]!, { access: { guest: 'allow' } })
    const missing = 'mdl_000000000000000000000000'
    const changed = await admin.json('PATCH', '/api/models', {
      ids: [...ids, missing],
      patch: { tags: ['bulk'], access: { user: 'deny' } },
    })
    expect(changed).toEqual({ updated: 3 })
    expect(await find(admin, ids[0]!, true)).toMatchObject({
      tags: ['bulk'],
      access: { guest: 'allow', user: 'deny' },
      resolvedAccess: {
        guest: { decision: 'allow', source: 'override' },
        user: { decision: 'deny', source: 'override' },
      },
    })
    const reset = await admin.json('POST', '/api/models/overrides/delete', { ids })
    expect(reset).toEqual({ reset: 3 })
    expect(await find(admin, ids[1]!, true)).toMatchObject({ overridden: false, tags: [] })
  })

  it('hides a model from the list and from every send, and denies it to whom it says', async () => {
    const [hidden, denied] = (await connectModels(admin, ['words:5', 'words:6'])) as Id<'model'>[]
    await patch(hidden!, { hidden: true })
    await patch(denied!, { access: { user: 'deny' } })
    expect(await find(admin, hidden!)).toBeUndefined()
    expect(await find(user, denied!)).toBeUndefined()
    expect(await find(admin, denied!)).toBeDefined()
    expect(await (await admin.send(newSend(hidden!))).json()).toMatchObject({
      code: 'model_not_found',
    })
    expect(await (await user.send(newSend(denied!))).json()).toMatchObject({ code: 'model_denied' })
    expect(logged(await readFrames(await admin.send(newSend(denied!)))).length).toBeGreaterThan(3)
  })

  it('keeps a model from whoever is denied it, by every way there is to choose or ask it', async () => {
    const [id] = (await connectModels(admin, ['echo'])) as [Id<'model'>]
    const sent = newSend(id, 'a fair question')
    await readFrames(await user.send(sent))
    await patch(id, { access: { user: 'deny' } })
    await admin.json('PATCH', '/api/settings', { values: { 'titles.mode': 'model' } })
    const { conversationId, messageId } = sent
    const again = { mode: 'regenerate', conversationId, messageId, replyId: newId('message') }
    const fresh = { id: newId('conversation'), modelId: id }
    for (const [method, path, body] of [
      ['POST', '/api/chat/stream', again],
      ['POST', '/api/conversations', fresh],
      ['PATCH', `/api/conversations/${conversationId}`, { modelId: id }],
    ] as const) {
      expect(await user.json(method, path, body)).toMatchObject({ code: 'model_denied' })
    }
    expect(await user.json('GET', `/api/conversations/${fresh.id}`)).toMatchObject({
      code: 'not_found',
    })
    // Named by the model, this one would be called by what it is asked to do.
    expect(await user.json('POST', `/api/conversations/${conversationId}/title`, {})).toEqual({
      title: 'a fair question',
    })
    await admin.json('PATCH', '/api/settings', { values: { 'titles.modelId': id } })
    const { title } = await user.json<{ title: string }>(
      'POST',
      `/api/conversations/${conversationId}/title`,
      {},
    )
    expect(title).not.toBe('a fair question')
    await admin.json('PATCH', '/api/settings', { reset: ['titles.mode', 'titles.modelId'] })
  })

  it('passes over a preferred model that may not be used any more', async () => {
    const [preferred] = (await connectModels(admin, ['words:8'])) as [Id<'model'>]
    await user.json('PATCH', '/api/me', { preferences: { preferredModelId: preferred } })
    await patch(preferred, { access: { user: 'deny' } })
    const { modelId, ...unnamed } = newSend(preferred)
    const [start] = logged(await readFrames(await user.send(unnamed)))
    expect(start?.event).toMatchObject({ type: 'start' })
    expect(start?.event).not.toMatchObject({ model: { id: modelId } })
  })

  it('is nothing a user may see or write', async () => {
    const [id] = (await connectModels(admin, ['words:7'])) as [Id<'model'>]
    const seen = await find(user, id)
    expect(seen).toBeDefined()
    expect(Object.keys(seen!)).not.toContain('connectionId')
    expect(Object.keys(seen!)).not.toContain('override')
    for (const [method, path, body] of [
      ['PATCH', `/api/models/${id}`, { label: 'x' }],
      ['PATCH', '/api/models', { ids: [id], patch: {} }],
      ['DELETE', `/api/models/${id}/overrides`, undefined],
      ['GET', '/api/models/export', undefined],
      ['POST', '/api/models/import', { items: [] }],
      ['POST', '/api/models/refresh', undefined],
      ['GET', '/api/providers', undefined],
      ['GET', '/api/connections/export', undefined],
    ] as const) {
      expect(await user.json(method, path, body)).toMatchObject({ code: 'forbidden' })
    }
  })
})

describe('overrides in a file', () => {
  it('come back the same, limits, prices and access included', async () => {
    const ids = await connectModels(admin, ['file-1', 'file-2'])
    await patch(ids[0]!, { contextWindow: 9_000, access: { guest: 'deny' }, efforts: ['low'] })
    await patch(ids[1]!, { price: { input: 1.5, output: 6 }, tags: ['a', 'b'], hidden: true })
    const file = await admin.json<{ items: OverrideEntry[] }>('GET', '/api/models/export')
    await admin.json('POST', '/api/models/overrides/delete', { all: true })
    const first = await admin.json<{ items: { result: string }[] }>(
      'POST',
      '/api/models/import',
      file,
    )
    expect(new Set(first.items.map(({ result }) => result))).toEqual(new Set(['applied']))
    expect(await admin.json('GET', '/api/models/export')).toEqual(file)
    const again = await admin.json<{ items: { result: string }[] }>(
      'POST',
      '/api/models/import',
      file,
    )
    expect(new Set(again.items.map(({ result }) => result))).toEqual(new Set(['unchanged']))
  })

  it('name models that are not there, and are refused whole when they are no such file', async () => {
    const before = await admin.json('GET', '/api/models/export')
    const stranger = {
      provider: 'openai',
      host: 'elsewhere',
      rawId: 'x',
      override: { hidden: true },
    }
    expect(await admin.json('POST', '/api/models/import', { items: [stranger] })).toEqual({
      items: [{ model: 'x', result: 'no_such_model' }],
    })
    for (const file of [
      [],
      { items: 'all' },
      { items: [{ ...stranger, override: { hidden: 1 } }] },
    ]) {
      expect(await admin.json('POST', '/api/models/import', file)).toMatchObject({
        code: 'import_unreadable',
      })
    }
    expect(await admin.json('GET', '/api/models/export')).toEqual(before)
  })
})

describe('a refresh', () => {
  it('tells what came and went, each connection with its own failure', async () => {
    const good = await admin.json<{ id: Id<'connection'> }>('POST', '/api/connections', {
      provider: 'openai',
      baseUrl: env.TEST_UPSTREAM,
      auth: 'none',
      name: 'Good',
    })
    const bad = await admin.json<{ id: Id<'connection'> }>('POST', '/api/connections', {
      provider: 'openai',
      baseUrl: 'http://127.0.0.1:1/v1',
      auth: 'none',
      name: 'Bad',
    })
    const { items } = await admin.json<{ items: Refreshed[] }>('POST', '/api/models/refresh')
    expect(items.find(({ connectionId }) => connectionId === good.id)).toMatchObject({
      ok: true,
      added: 0,
      removed: 0,
    })
    const failed = items.find(({ connectionId }) => connectionId === bad.id)
    expect(failed).toMatchObject({ ok: false, problem: { code: 'provider_unavailable' } })
    const { kept } = items.find(({ connectionId }) => connectionId === good.id)!
    expect(kept).toBeGreaterThan(0)
    await admin.json('DELETE', `/api/connections/${bad.id}`)
  })
})

it('leaves nothing behind of a connection that is deleted while its list is fetched', async () => {
  const { id } = await admin.json<{ id: Id<'connection'> }>('POST', '/api/connections', {
    provider: 'openai',
    baseUrl: env.TEST_UPSTREAM,
    auth: 'none',
  })
  const row = (await findConnection(env, id))!
  await admin.json('DELETE', `/api/connections/${id}`)
  await syncModels(env, row, { allowPrivateHosts: true, now: Date.now() })
  const { results } = await env.DB.prepare('select id from models where connection_id = ?1')
    .bind(id)
    .all()
  expect(results).toEqual([])
})

describe('connections in a file', () => {
  it('hold nothing secret, and make only what is not there', async () => {
    await admin.json('POST', '/api/connections', {
      provider: 'openai',
      baseUrl: env.TEST_UPSTREAM,
      apiKey: 'sk-planted-in-a-file-0123456789',
      headers: [{ name: 'x-team', value: 'planted-header' }],
      name: 'Exported',
      prefix: 'exported',
    })
    const file = await admin.json<{ items: { name: string }[] }>('GET', '/api/connections/export')
    expect(JSON.stringify(file)).not.toContain('planted')
    const names = file.items.map(({ name }) => name)
    const same = await admin.json('POST', '/api/connections/import', file)
    expect(same).toEqual({ items: names.map((name) => ({ name, result: 'exists' })) })
    const other = file.items.find(({ name }) => name === 'Exported')!
    const made = await admin.json('POST', '/api/connections/import', {
      items: [
        { ...other, name: 'Copied' },
        { ...other, name: 'Metadata', baseUrl: 'http://169.254.169.254/v1' },
      ],
    })
    expect(made).toEqual({
      items: [
        { name: 'Copied', result: 'created' },
        { name: 'Metadata', result: 'refused' },
      ],
    })
    const models = await list(admin, true)
    const of = (channel: string) => models.filter((model) => model.channel === channel).length
    expect(of('Copied')).toBe(0)
    await admin.json('POST', '/api/connections/import', {
      items: [{ ...other, name: 'Open', auth: 'none' }],
    })
    expect((await list(admin, true)).some(({ channel }) => channel === 'Open')).toBe(true)
  })
})
