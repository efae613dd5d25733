import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { signedIn } from '../authorisation-actors.ts'
import { newAccount } from '../test-accounts.ts'
import type { AuditEntry } from '../contract/audit.ts'
import type { Id } from '../contract/ids.ts'
import { openInstallation, TestClient, uniqueName } from '../test-client.ts'

interface Page {
  items: AuditEntry[]
  nextCursor: string | null
}

let admin: TestClient
beforeAll(async () => {
  admin = await openInstallation()
})

function list(query = ''): Promise<Page> {
  return admin.json<Page>('GET', `/api/audit?${query}`)
}

async function newest(kind: string): Promise<AuditEntry | undefined> {
  return (await list(`kind=${kind}&limit=1`)).items[0]
}

describe('sign-ups and sign-ins', () => {
  it('are recorded with who it was and the network, and no address', async () => {
    const client = new TestClient()
    const { user } = await (await client.signUp()).json<{ user: { id: Id<'user'> } }>()
    const actor = { type: 'user', id: user.id, name: client.username }
    expect(await newest('user.signUp')).toMatchObject({
      actor,
      target: actor,
      before: null,
      after: { role: 'user', state: 'active' },
    })
    await client.signIn()
    const entry = await newest('session.signIn')
    expect(entry).toMatchObject({ actor, target: null, before: null, after: null })
    expect(entry?.network).toMatch(/^198\.51\.\d+\.0\/24$/)
  })

  it('that fail name an account there is, and never what was typed otherwise', async () => {
    const client = new TestClient()
    await client.signUp()
    await new TestClient().signIn(client.username.toUpperCase(), 'wrong horse 1')
    expect(await newest('session.signInFailed')).toMatchObject({
      actor: null,
      target: { type: 'user', name: client.username },
      after: { code: 'wrong_credentials' },
    })
    await new TestClient().signIn('my_password_1', 'wrong horse 1')
    expect(await newest('session.signInFailed')).toMatchObject({ actor: null, target: null })
    const { results } = await env.DB.prepare('select * from audit').all()
    expect(JSON.stringify(results)).not.toMatch(/my_password_1|wrong horse/)
  })

  it('that are refused for the state of the account say so', async () => {
    const { username } = await newAccount('user', 'disabled')
    await new TestClient().signIn(username)
    expect(await newest('session.signInFailed')).toMatchObject({
      target: { name: username },
      after: { code: 'account_disabled' },
    })
  })

  it('that are damped fill no records', async () => {
    const client = new TestClient()
    const { id, username } = await newAccount('user')
    for (let n = 0; n < 8; n++) await client.signIn(username, 'wrong horse 1')
    const row = await env.DB.prepare(`select count(*) as n from audit where target_id = ?1`)
      .bind(id)
      .first<{ n: number }>()
    expect(row?.n).toBe(5)
  })
})

it('records a password of one’s own, a new name and one’s departure', async () => {
  const client = new TestClient()
  await client.signUp()
  const old = client.username
  const body = { current: 'correct horse 1', next: 'another horse 2' }
  await client.request('PUT', '/api/auth/password', { body })
  expect(await newest('session.passwordChange')).toMatchObject({
    actor: { name: old },
    target: { name: old },
    after: null,
  })
  const username = uniqueName()
  await client.json('PATCH', '/api/me', { username })
  expect(await newest('user.rename')).toMatchObject({
    actor: { name: old },
    before: { username: old },
    after: { username },
  })
  await client.request('DELETE', '/api/me', { body: { password: body.next } })
  expect(await newest('user.delete')).toMatchObject({
    actor: { name: username },
    target: { name: username },
    before: { username, role: 'user', state: 'active' },
    after: null,
  })
})

it('shows what changed, before and after, and nothing else', async () => {
  const { id, username } = await newAccount('user')
  const renamed = uniqueName()
  await admin.json('PATCH', `/api/users/${id}`, { username: renamed, role: 'admin' })
  expect(await newest('user.rename')).toMatchObject({
    target: { id, name: username },
    before: { username },
    after: { username: renamed },
  })
  expect(await newest('user.role')).toMatchObject({
    before: { role: 'user' },
    after: { role: 'admin' },
  })
  await admin.json('PUT', `/api/users/${id}/limits`, { messagesPerDay: 4 })
  expect(await newest('user.limits')).toMatchObject({
    before: { messagesPerDay: 'default' },
    after: { messagesPerDay: 4 },
  })
  await admin.json('POST', `/api/users/${id}/disable`, { reason: 'left' })
  expect(await newest('user.disable')).toMatchObject({
    before: { state: 'active' },
    after: { state: 'disabled', reason: 'left' },
  })
  const prompt = 'x'.repeat(3_000)
  await admin.json('PATCH', '/api/settings', { values: { 'chat.systemPrompt': prompt } })
  const { after } = (await newest('setting.change'))!
  expect(String(after?.['chat.systemPrompt'])).toHaveLength(501)
})

describe('the list', () => {
  const dayMs = 86_400_000
  const start = Date.UTC(2026, 0, 1)
  let actorId: Id<'user'>

  beforeAll(async () => {
    const { id, username } = await newAccount('admin')
    actorId = id
    // A record a day, of three kinds in turn.
    await env.DB.prepare(
      `with recursive n (i) as (select 0 union all select i + 1 from n where i < 89)
       insert into audit (id, at, actor_id, actor_name, network, area, kind)
       select 'aud_' || substr(json_extract(?4, '$[' || i || ']'), 5), ?1 + i * ${dayMs}, ?2, ?3, 'x',
         case i % 3 when 0 then 'model' else 'user' end,
         case i % 3 when 0 then 'model.override' when 1 then 'user.limits' else 'user.role' end from n`,
    )
      .bind(
        start,
        id,
        username,
        JSON.stringify(Array.from({ length: 90 }, (_, day) => idAt(start + day * dayMs))),
      )
      .run()
  })

  function idAt(at: number): string {
    return `aud_${at.toString(36).padStart(9, '0')}000000000000000`
  }

  it('is read page by page, newest first, by actor, kind, area and time', async () => {
    const all: AuditEntry[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: Page = await list(`actorId=${actorId}&limit=40${next}`)
      all.push(...page.items)
      next = page.nextCursor && `&cursor=${page.nextCursor}`
    }
    expect(all).toHaveLength(90)
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => b - a))

    const count = async (query: string) => (await list(`limit=100&${query}`)).items.length
    expect(await count(`actorId=${actorId}&kind=user`)).toBe(60)
    expect(await count(`actorId=${actorId}&kind=user.role`)).toBe(30)
    expect(await count(`actorId=${actorId}&kind=model`)).toBe(30)
    expect(await count('kind=model.override')).toBe(30)
    expect(await count('kind=nothing')).toBe(0)
    const range = `from=${start + 10 * dayMs}&to=${start + 19 * dayMs}`
    expect(await count(range)).toBe(10)
    expect(await count(`${range}&kind=user`)).toBe(7)
    expect(await count(`to=${start - 1}`)).toBe(0)
    expect(await count(`from=${Date.now() + dayMs}`)).toBe(0)
  })

  it('is for administrators, and takes only what it knows', async () => {
    const { client } = await signedIn((await newAccount('user')).id)
    expect(await client.json('GET', '/api/audit')).toMatchObject({ code: 'forbidden' })
    for (const query of ['actorId=me', 'from=yesterday', 'limit=0', 'limit=101', 'cursor=%25']) {
      expect(await list(query)).toMatchObject({ code: 'invalid_request' })
    }
  })
})
