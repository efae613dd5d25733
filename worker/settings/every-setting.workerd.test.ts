import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  isSecretKey,
  secretKeys,
  settingKeys,
  settings,
  type AnySettingKey,
  type Reach,
} from '../contract/settings-registry.ts'
import type { SettingsRevision } from '../contract/settings.ts'
import { unseal } from '../platform/crypto.ts'
import { connectModels, openInstallation, TestClient } from '../test-client.ts'
import { companionsOf, samplesOf } from './setting-samples.ts'

interface Reply {
  code?: string
  values: Record<string, unknown>
  registry?: Record<string, { default: unknown; reach: Reach }>
  revision: number
  errors?: { path: string; message: string }[]
}

const keys = Object.keys(settings) as AnySettingKey[]
const admin = new TestClient({ damping: false })
const read = (client = admin) => client.json<Reply>('GET', '/api/settings')
const patch = (values: Record<string, unknown>, reset: string[] = []) =>
  admin.json<Reply>('PATCH', '/api/settings', { values, reset })

beforeAll(async () => {
  const { username } = await openInstallation()
  await admin.signIn(username)
})

describe.each(keys)('%s', (key) => {
  const { good, bad } = samplesOf(key)

  it('takes what is within its bounds, and gives it back', async () => {
    expect(good.length).toBeGreaterThan(0)
    for (const value of good) {
      const companions = companionsOf(key, value)
      const { code, values, revision } = await patch({ ...companions, [key]: value })
      expect(code).toBeUndefined()
      const shown = isSecretKey(key) ? { set: true } : value
      expect(values[key]).toEqual(shown)
      expect(await read()).toMatchObject({ values: { [key]: shown }, revision })
    }
    const touched = [...new Set(good.flatMap((value) => Object.keys(companionsOf(key, value))))]
    const { values } = await patch({}, [key, ...touched])
    expect(values[key]).toEqual(isSecretKey(key) ? { set: false } : settings[key].default)
  })

  it('refuses what is not, naming it', async () => {
    expect(bad.length).toBeGreaterThan(0)
    const before = await read()
    for (const value of bad) {
      // A good value beside it is refused with it.
      const other = key === 'brand.name' ? 'brand.welcome' : 'brand.name'
      const reply = await patch({ [other]: 'Refused', [key]: value })
      expect({ value, code: reply.code }).toEqual({ value, code: 'invalid_request' })
      for (const { path } of reply.errors ?? []) expect(path).toMatch(`values.${key}`)
      expect(reply.errors?.length).toBeGreaterThan(0)
    }
    expect(await read()).toEqual(before)
  })

  it('shows the default that is used', async () => {
    const { values, registry } = await read()
    expect(registry?.[key]?.default).toEqual(settings[key].default)
    const { default: fallback, schema } = settings[key]
    expect(values[key]).toEqual(isSecretKey(key) ? { set: false } : fallback)
    expect(schema.safeParse(fallback)).toEqual({ success: true, data: fallback })
  })
})

describe('who reads what', () => {
  it.each<[string, Reach[], () => Promise<TestClient>]>([
    ['a visitor', ['public'], async () => new TestClient()],
    [
      'a guest',
      ['public', 'actor'],
      async () => {
        const guest = new TestClient()
        await guest.json('GET', '/api/me')
        return guest
      },
    ],
    [
      'a user',
      ['public', 'actor'],
      async () => {
        const user = new TestClient()
        await patch({ 'accounts.registration': 'open' })
        await user.join()
        return user
      },
    ],
    ['an administrator', ['public', 'actor', 'admin', 'secret'], async () => admin],
  ])('lets %s read the settings that reach as far', async (_, reaches, client) => {
    const { values, registry } = await read(await client())
    const readable = keys.filter((key) => reaches.includes(settings[key].reach))
    expect(Object.keys(values).toSorted()).toEqual(readable.toSorted())
    expect(registry === undefined).toBe(!reaches.includes('admin'))
  })

  it('has a reach and a section for each, and no two lists of them', () => {
    expect([...settingKeys, ...secretKeys].toSorted()).toEqual(keys.toSorted())
  })
})

describe('a patch', () => {
  it('refuses keys there are not, each by name', async () => {
    const before = await read()
    const reply = await patch({ 'brand.nme': 'x', 'brand.name': 'x', __proto__x: 1 }, ['no.such'])
    expect(reply).toMatchObject({
      code: 'invalid_request',
      errors: [
        { path: 'values.brand.nme' },
        { path: 'values.__proto__x' },
        { path: 'reset.no.such' },
      ],
    })
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const body = `{"values":{"${key}":1}}`
      const { status } = await admin.request('PATCH', '/api/settings', { body })
      expect({ key, status }).toEqual({ key, status: 400 })
    }
    expect(await read()).toEqual(before)
  })

  it('refuses to give a key a value and its default at once', async () => {
    const reply = await patch({ 'brand.name': 'x' }, ['brand.name'])
    expect(reply.errors).toEqual([{ path: 'reset.brand.name', message: expect.any(String) }])
  })

  it('refuses what does not go together', async () => {
    await patch({ 'provider.allowPrivateHosts': true })
    const [embedding, chat] = await connectModels(admin, ['text-embedding-3-small', 'echo'])
    const cases: [Record<string, unknown>, AnySettingKey][] = [
      [{ 'provider.idleMs': 900_000, 'provider.timeoutMs': 899_999 }, 'provider.idleMs'],
      [{ 'accounts.sessionMaxDays': 29 }, 'accounts.sessionIdleDays'],
      [{ 'reasoning.tags': 'custom' }, 'reasoning.customTags'],
      [{ 'chat.systemPrompt': 'x'.repeat(12_001) }, 'chat.systemPrompt'],
      [{ 'search.enabled': true }, 'search.enabled'],
      [{ 'search.enabled': true, 'search.engine': 'searxng' }, 'search.enabled'],
      [{ 'search.enabled': true, 'search.key.brave': 'a key' }, 'search.enabled'],
      [{ 'titles.modelId': 'mdl_000000000000000000000000' }, 'titles.modelId'],
      [{ 'titles.modelId': embedding }, 'titles.modelId'],
    ]
    for (const [values, key] of cases) {
      const { code, errors } = await patch(values)
      expect({ values, code }).toEqual({ values, code: 'invalid_request' })
      expect(errors).toEqual([{ path: `values.${key}`, message: expect.any(String) }])
    }
    expect((await patch({ 'titles.modelId': chat })).code).toBeUndefined()
    expect((await patch({}, ['titles.modelId'])).code).toBeUndefined()
  })

  it('cuts no prompt when its longest length is lowered, and refuses its next change', async () => {
    await patch({ 'chat.systemPrompt': 'x'.repeat(2_000) })
    const lowered = await patch({ 'chat.systemPromptLengthMax': 1_000 })
    expect(lowered.values['chat.systemPrompt']).toHaveLength(2_000)
    const { errors } = await patch({ 'chat.systemPrompt': 'x'.repeat(1_001) })
    expect(errors).toMatchObject([{ path: 'values.chat.systemPrompt' }])
    await patch({}, ['chat.systemPrompt', 'chat.systemPromptLengthMax'])
  })
})

describe('a secret', () => {
  const secret = `planted-${crypto.randomUUID()}`

  it('is sealed where it is stored, and shown to nobody', async () => {
    await patch({ 'search.key.tavily': secret, 'search.key.exa': secret })
    const history = await admin.json<{ items: SettingsRevision[] }>('GET', '/api/settings/history')
    expect(history.items[0]?.changes).toMatchObject([
      { key: 'search.key.tavily', before: '[cleared]', beforeIsDefault: true, after: '[set]' },
      { key: 'search.key.exa', after: '[set]', afterIsDefault: false },
    ])
    for (const path of ['/api/settings', '/api/settings/history', '/api/audit', '/api/me']) {
      const text = await (await admin.request('GET', path)).text()
      expect(text).not.toContain(secret)
    }
    for (const table of ['settings', 'settings_revisions', 'audit', 'idempotency_keys']) {
      const { results } = await env.DB.prepare(`select * from ${table}`).all()
      expect({ table, holdsIt: JSON.stringify(results).includes(secret) }).toEqual({
        table,
        holdsIt: false,
      })
    }
    const row = await env.DB.prepare(
      `select value from settings where key = 'search.key.tavily'`,
    ).first<{ value: string }>()
    const sealed = JSON.parse(row!.value) as string
    const open = (context: string) => unseal(sealed, [env.CREDENTIALS_KEY], context)
    expect(await open('setting:search.key.tavily')).toBe(secret)
    expect(await open('setting:search.key.exa')).toBeNull()
  })

  it('is cleared by null and by a reset, and stays where settings go back', async () => {
    const { revision } = await read()
    const cleared = await patch({ 'search.key.tavily': null }, ['search.key.exa'])
    expect(cleared.values).toMatchObject({
      'search.key.tavily': { set: false },
      'search.key.exa': { set: false },
    })
    expect((await patch({ 'search.key.tavily': null })).revision).toBe(cleared.revision)
    const back = await admin.json<Reply>('POST', '/api/settings/rollback', { revision })
    expect(back.values['search.key.tavily']).toEqual({ set: false })
  })

  it('is missed where settings go back to what needs it', async () => {
    const { revision } = await patch({ 'search.key.tavily': secret, 'search.enabled': true })
    expect((await patch({ 'search.key.tavily': null })).errors).toMatchObject([
      { path: 'values.search.enabled' },
    ])
    await patch({ 'search.enabled': false })
    await patch({ 'search.key.tavily': null })
    expect(await admin.json<Reply>('POST', '/api/settings/rollback', { revision })).toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'values.search.enabled' }],
    })
  })
})
