import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import type { SettingsRevision } from '../contract/settings.ts'
import { openInstallation, TestClient } from '../test-client.ts'

interface Reply {
  values: Record<string, unknown>
  revision: number
  errors?: { path: string; message: string }[]
}

const admin = new TestClient({ damping: false })

beforeAll(async () => {
  const first = await openInstallation()
  await admin.signIn(first.username)
})

const read = () => admin.json<Reply>('GET', '/api/settings')
const patch = (body: unknown) => admin.json<Reply>('PATCH', '/api/settings', body)
const rollback = (revision: number) =>
  admin.json<Reply>('POST', '/api/settings/rollback', { revision })
const history = async () =>
  (await admin.json<{ items: SettingsRevision[] }>('GET', '/api/settings/history?limit=100')).items

it('records who changed what from which value to which', async () => {
  const { revision } = await patch({
    values: { 'brand.name': 'Mine', 'quota.user.messagesPerDay': null },
  })
  await patch({ reset: ['brand.name'], values: { 'quota.user.messagesPerDay': 7 } })
  const [second, first] = await history()
  expect(first).toEqual({
    revision,
    at: expect.any(Number),
    actor: { id: expect.stringMatching(/^usr_/), name: admin.username },
    changes: [
      {
        key: 'brand.name',
        before: 'AIChat',
        beforeIsDefault: true,
        after: 'Mine',
        afterIsDefault: false,
      },
      {
        key: 'quota.user.messagesPerDay',
        before: 200,
        beforeIsDefault: true,
        after: null,
        afterIsDefault: false,
      },
    ],
  })
  expect(second?.changes).toMatchObject([
    { key: 'quota.user.messagesPerDay', before: null, beforeIsDefault: false, after: 7 },
    { key: 'brand.name', before: 'Mine', after: 'AIChat', afterIsDefault: true },
  ])
})

it('writes no revision where nothing changes', async () => {
  const { revision } = await patch({ values: { 'brand.name': 'Twice' } })
  expect((await patch({ values: { 'brand.name': 'Twice' } })).revision).toBe(revision)
  expect((await rollback(revision)).revision).toBe(revision)
})

it('shows history in pages, the newest first', async () => {
  for (let n = 0; n < 5; n++) await patch({ values: { 'titles.lengthMax': 20 + n } })
  const seen: number[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { items: SettingsRevision[]; nextCursor: string | null } = await admin.json(
      'GET',
      `/api/settings/history?limit=2${cursor && `&cursor=${cursor}`}`,
    )
    seen.push(...page.items.map(({ revision }) => revision))
    cursor = page.nextCursor
  }
  const { revision } = await read()
  expect(seen).toEqual(Array.from({ length: revision }, (_, index) => revision - index))
})

it('reads an old record of null as the default where a key takes no null', async () => {
  const { revision } = await read()
  const [user] = (await env.DB.prepare(`select id from users`).all<{ id: string }>()).results
  await env.DB.prepare(
    `insert into settings_revisions (revision, at, actor_id, changes) values (?1, 0, ?2, ?3)`,
  )
    .bind(
      revision + 1,
      user?.id,
      JSON.stringify([
        { key: 'brand.name', before: null, after: 'Old' },
        { key: 'quota.user.messagesPerDay', before: null, after: 5 },
        { key: 'no.longer', before: null, after: 5 },
      ]),
    )
    .run()
  const [newest] = await history()
  expect(newest?.changes).toMatchObject([
    { key: 'brand.name', before: 'AIChat', beforeIsDefault: true },
    { key: 'quota.user.messagesPerDay', before: null, beforeIsDefault: false },
    { key: 'no.longer', before: null, beforeIsDefault: true, after: 5, afterIsDefault: false },
  ])
  const { values } = await rollback(revision)
  expect(values).toMatchObject({ 'brand.name': 'AIChat', 'quota.user.messagesPerDay': null })
})

it('makes a value that no longer fits the default, and leaves out keys there are no more', async () => {
  const { revision } = await patch({ values: { 'brand.welcome': 'Hello' } })
  await env.DB.prepare(`update settings_revisions set changes = ?2 where revision = ?1`)
    .bind(
      revision,
      JSON.stringify([
        { key: 'brand.welcome', before: 12, after: 'Hello' },
        { key: 'no.longer', before: 1, after: 2 },
      ]),
    )
    .run()
  const { values } = await rollback(revision - 1)
  expect(values['brand.welcome']).toBe('')
  const { results } = await env.DB.prepare(`select key from settings`).all<{ key: string }>()
  expect(results.map(({ key }) => key)).not.toContain('no.longer')
})

it('refuses to go back to a revision there is not', async () => {
  const { revision } = await read()
  expect(await rollback(revision + 1)).toMatchObject({
    code: 'invalid_request',
    errors: [{ path: 'revision' }],
  })
})

it('loses no change of those made at the same moment', async () => {
  const { revision } = await read()
  const wanted = {
    'brand.name': 'Race',
    'brand.welcome': 'Race',
    'titles.lengthMax': 11,
    'chat.repliesPerMessageMax': 11,
    'models.ttlMinutes': 11,
    'images.historyMax': 11,
  }
  const replies = await Promise.all(
    Object.entries(wanted).map(([key, value]) => patch({ values: { [key]: value } })),
  )
  expect(replies.map(({ code }) => code)).toEqual(replies.map(() => undefined))
  const after = await read()
  expect(after.values).toMatchObject(wanted)
  expect(after.revision).toBe(revision + 6)
  const changed = (await history()).slice(0, 6).flatMap(({ changes }) => changes)
  expect(changed.map(({ key }) => key).toSorted()).toEqual(Object.keys(wanted).toSorted())
})

it('lets one of those through who saw the same revision', async () => {
  const { revision } = await read()
  const replies = await Promise.all(
    [12, 13, 14, 15].map((length) =>
      admin.request('PATCH', '/api/settings', {
        body: { values: { 'titles.lengthMax': length } },
        headers: { 'if-match': `"${revision}"` },
      }),
    ),
  )
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
})

it('records each change for the audit, in short', async () => {
  const long = 'x'.repeat(900)
  const { revision } = await patch({ values: { 'chat.systemPrompt': long } })
  const entry = await env.DB.prepare(
    `select kind, actor_name, target_id, after from audit order by id desc limit 1`,
  ).first()
  expect(entry).toEqual({
    kind: 'setting.change',
    actor_name: admin.username,
    target_id: String(revision),
    after: JSON.stringify({ 'chat.systemPrompt': `${long.slice(0, 500)}…` }),
  })
})

const anyValue: Record<string, fc.Arbitrary<unknown>> = {
  'brand.name': fc.constantFrom('A', 'B', 'C'),
  'guests.retentionDays': fc.integer({ min: 1, max: 365 }),
  'quota.user.messagesPerDay': fc.option(fc.integer({ min: 0, max: 9 })),
  'quota.user.tokensPerDay': fc.option(fc.integer({ min: 0, max: 9 })),
  'chat.systemPrompt': fc.constantFrom('', 'short', 'x'.repeat(1_500)),
  'chat.systemPromptLengthMax': fc.constantFrom(1_000, 2_000),
  'provider.idleMs': fc.constantFrom(5_000, 100_000),
  'provider.timeoutMs': fc.constantFrom(50_000, 200_000),
  'reasoning.tags': fc.constantFrom('default', 'custom', 'off'),
  'reasoning.customTags': fc.constantFrom([], [['<a>', '</a>']]),
  'search.enabled': fc.boolean(),
  'search.engine': fc.constantFrom('tavily', 'searxng'),
  'search.searxngUrl': fc.constantFrom('', 'https://search.example'),
}
const anyPatch = fc
  .tuple(
    fc.record(anyValue, { requiredKeys: [] }),
    fc.uniqueArray(fc.constantFrom(...Object.keys(anyValue)), { maxLength: 3 }),
  )
  .map(([values, reset]) => ({ values, reset: reset.filter((key) => !(key in values)) }))

it('comes back to exactly what was in force after any revision, whatever was changed since', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyPatch, { minLength: 1, maxLength: 8 }),
      fc.nat(),
      async (patches, place) => {
        const states = [await read()]
        for (const body of patches) {
          const reply = await patch(body)
          if (reply.code === undefined) states.push(reply)
        }
        const target = states[place % states.length]!
        const back = await rollback(target.revision)
        expect(back.values).toEqual(target.values)
        expect((await rollback(0)).values).toEqual(defaults)
      },
    ),
    { numRuns: 25 },
  )
}, 120_000)

let defaults: Record<string, unknown>
beforeAll(async () => {
  const { values, registry } = await admin.json<{
    values: Record<string, unknown>
    registry: Record<string, { default: unknown; reach: string }>
  }>('GET', '/api/settings')
  defaults = Object.fromEntries(
    Object.keys(values).map((key) => [
      key,
      registry[key]?.reach === 'secret' ? { set: false } : registry[key]?.default,
    ]),
  )
})
