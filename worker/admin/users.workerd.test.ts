import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { newBelongings, signedIn } from '../authorisation-actors.ts'
import { newAccount } from '../test-accounts.ts'
import type { User } from '../contract/accounts.ts'
import { newId, type Id } from '../contract/ids.ts'
import type { Quota } from '../contract/quotas.ts'
import type { UserDetails } from '../contract/users.ts'
import {
  connectModels,
  newSend,
  openInstallation,
  readFrames,
  TestClient,
  uniqueName,
  until,
} from '../test-client.ts'

const nobody = newId('user')
let admin: TestClient
let adminId: Id<'user'>
let slow: Id<'model'>
let quick: Id<'model'>

beforeAll(async () => {
  admin = await openInstallation({ 'quota.user.messagesPerDay': 10 })
  adminId = await idOf(admin)
  ;[slow, quick] = (await connectModels(admin, ['slow:200', 'echo'])) as [Id<'model'>, Id<'model'>]
})

async function idOf(client: TestClient): Promise<Id<'user'>> {
  return (await client.json<{ actor: { id: Id<'user'> } }>('GET', '/api/me')).actor.id
}

async function newUser(role: 'admin' | 'user' = 'user') {
  const { id, username } = await newAccount(role)
  const { client } = await signedIn(id)
  return { id, username, client }
}

function call<T = { code?: string }>(method: string, path: string, body?: unknown) {
  return admin.json<T>(method, path, body)
}

async function isSignedIn(client: TestClient): Promise<boolean> {
  return (await client.request('GET', '/api/auth/sessions')).status === 200
}

describe('an account made by an administrator', () => {
  it('can sign in at once, or waits for approval', async () => {
    const body = { username: uniqueName(), password: 'correct horse 1' }
    const made = await admin.request('POST', '/api/users', { body })
    expect(made.status).toBe(201)
    expect(await made.json()).toMatchObject({
      username: body.username,
      role: 'user',
      state: 'active',
      decidedBy: adminId,
    })
    expect((await new TestClient().signIn(body.username)).status).toBe(200)
    const waiting = { username: uniqueName(), password: 'correct horse 1', status: 'pending' }
    expect(await call('POST', '/api/users', waiting)).toMatchObject({
      state: 'pending',
      decidedAt: null,
    })
    expect((await new TestClient().signIn(waiting.username)).status).toBe(423)
  })

  it('can be another administrator’s', async () => {
    const body = { username: uniqueName(), password: 'correct horse 1', role: 'admin' }
    await call('POST', '/api/users', body)
    const other = new TestClient()
    await other.signIn(body.username)
    expect((await other.request('GET', '/api/users')).status).toBe(200)
  })

  it('has a name of its own and a password by the rules', async () => {
    const { username } = await newUser()
    const body = { username: username.toUpperCase(), password: 'correct horse 1' }
    expect(await call('POST', '/api/users', body)).toMatchObject({ code: 'username_taken' })
    const weak = { username: 'abcdefgh1', password: 'abcdefgh1' }
    expect(await call('POST', '/api/users', weak)).toMatchObject({
      code: 'weak_password',
      rule: 'username',
    })
  })
})

describe('a look at one account', () => {
  it('tells how much it has and used, and nothing of what it wrote', async () => {
    const { id, client } = await newUser()
    const { replyId } = await newBelongings(id)
    await readFrames(await client.send(newSend(quick, 'a secret of mine')))
    await client.newImage()
    const details = await call<UserDetails>('GET', `/api/users/${id}`)
    expect(details).toMatchObject({
      id,
      state: 'active',
      limits: {},
      conversations: 2,
      messages30d: 1,
      attachments: 2,
      sessions: 1,
      apiKeys: 1,
      quota: { scope: 'user', limit: 10, used: 1, remaining: 9, custom: false },
    })
    expect(details.tokens30d).toBeGreaterThan(0)
    expect(JSON.stringify(details)).not.toContain('secret of mine')
    expect(JSON.stringify(details)).not.toContain('scrypt')
    expect(JSON.stringify(details)).not.toContain(replyId)
  })

  it('finds nothing where there is none', async () => {
    expect(await call('GET', `/api/users/${nobody}`)).toMatchObject({ code: 'not_found' })
    expect(await call('GET', '/api/users/someone')).toMatchObject({ code: 'not_found' })
  })
})

describe('a name and a role', () => {
  it('can be changed, in the same session and at once', async () => {
    const { id, client } = await newUser()
    const username = uniqueName()
    expect(await call('PATCH', `/api/users/${id}`, { username, role: 'admin' })).toMatchObject({
      username,
      role: 'admin',
    })
    expect(await client.json('GET', '/api/me')).toMatchObject({
      actor: { username, role: 'admin' },
    })
    expect((await client.request('GET', '/api/users')).status).toBe(200)
    await call('PATCH', `/api/users/${id}`, { role: 'user' })
    expect((await client.request('GET', '/api/users')).status).toBe(403)
  })

  it('are refused where the name is taken or the account is not there', async () => {
    const [one, other] = [await newUser(), await newUser()]
    const body = { username: other.username.toUpperCase() }
    expect(await call('PATCH', `/api/users/${one.id}`, body)).toMatchObject({
      code: 'username_taken',
    })
    const sameName = { username: one.username.toUpperCase() }
    expect(await call('PATCH', `/api/users/${one.id}`, sameName)).toMatchObject(sameName)
    expect(await call('PATCH', `/api/users/${nobody}`, body)).toMatchObject({ code: 'not_found' })
    expect(await call('PATCH', `/api/users/${one.id}`, { state: 'active' })).toMatchObject({
      code: 'invalid_request',
    })
  })

  it('of one’s own: the name may change, the role may not', async () => {
    expect(await call('PATCH', `/api/users/${adminId}`, { role: 'user' })).toMatchObject({
      code: 'own_account',
    })
    const username = uniqueName()
    expect(await call('PATCH', `/api/users/${adminId}`, { username, role: 'admin' })).toMatchObject(
      {
        username,
        role: 'admin',
      },
    )
  })
})

describe('a password set by an administrator', () => {
  it('ends every session and every stream, and is the one that counts', async () => {
    const { id, username, client } = await newUser()
    const stream = await client.send(newSend(slow))
    const read = readFrames(stream)
    const body = { password: 'another horse 2' }
    expect((await admin.request('PUT', `/api/users/${id}/password`, { body })).status).toBe(204)
    expect(await isSignedIn(client)).toBe(false)
    await read
    expect((await new TestClient().signIn(username)).status).toBe(401)
    expect((await new TestClient().signIn(username, body.password)).status).toBe(200)
  })

  it('leaves no session to whoever signs in with the old one at that moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, username } = await newUser()
      const client = new TestClient({ damping: false })
      await Promise.all([
        client.signIn(username),
        call('PUT', `/api/users/${id}/password`, { password: 'another horse 2' }),
      ])
      expect(await isSignedIn(client)).toBe(false)
    }
  })

  it('keeps to the rules, and is never one’s own', async () => {
    const { id } = await newUser()
    expect(await call('PUT', `/api/users/${id}/password`, { password: 'short1' })).toMatchObject({
      code: 'weak_password',
      rule: 'length',
    })
    const body = { password: 'another horse 2' }
    expect(await call('PUT', `/api/users/${adminId}/password`, body)).toMatchObject({
      code: 'own_account',
    })
    expect(await call('PUT', `/api/users/${nobody}/password`, body)).toMatchObject({
      code: 'not_found',
    })
  })
})

it('signs somebody out everywhere, while what is being written goes on', async () => {
  const { id, client } = await newUser()
  const send = newSend(slow)
  const read = readFrames(await client.send(send))
  const other = (await signedIn(id)).client
  expect((await admin.request('POST', `/api/users/${id}/sign-out`)).status).toBe(204)
  expect(await isSignedIn(client)).toBe(false)
  expect(await isSignedIn(other)).toBe(false)
  await read
  const again = (await signedIn(id)).client
  expect((await again.message(send.replyId)).state.type).toMatch(/pending|running/)
  await again.request('POST', `/api/chat/stream/${send.replyId}/cancel`)
  expect(await call('POST', `/api/users/${nobody}/sign-out`)).toMatchObject({ code: 'not_found' })
})

describe('limits of one’s own', () => {
  const limits = (id: string, body: unknown) =>
    call<Quota & { code?: string }>('PUT', `/api/users/${id}/limits`, body)

  it('stand in for the installation’s until they are taken away', async () => {
    const { id, client } = await newUser()
    expect(await limits(id, { messagesPerDay: 3, tokensPerDay: 500 })).toMatchObject({
      limit: 3,
      custom: true,
      tokens: { limit: 500, used: 0, remaining: 500 },
    })
    expect(await limits(id, { messagesPerDay: null })).toMatchObject({
      limit: null,
      remaining: null,
      tokens: { limit: 500 },
    })
    expect(await limits(id, { messagesPerDay: 0 })).toMatchObject({ blockedBy: 'user' })
    expect(await (await client.send(newSend(quick))).json()).toMatchObject({
      code: 'quota_exceeded',
    })
    expect(await call('GET', `/api/users/${id}`)).toMatchObject({
      limits: { messagesPerDay: 0, tokensPerDay: 500 },
    })
    expect(await limits(id, { messagesPerDay: 'default', tokensPerDay: 'default' })).toMatchObject({
      limit: 10,
      custom: false,
      tokens: null,
    })
    expect(await call('GET', `/api/users/${id}`)).toMatchObject({ limits: {} })
    expect((await client.send(newSend(quick))).status).toBe(200)
  })

  it('keep what two administrators set at the same moment', async () => {
    const { id } = await newUser()
    await Promise.all([limits(id, { messagesPerDay: 7 }), limits(id, { tokensPerDay: 70 })])
    expect(await call('GET', `/api/users/${id}`)).toMatchObject({
      limits: { messagesPerDay: 7, tokensPerDay: 70 },
    })
  })

  it('can begin the day anew', async () => {
    const { id, client } = await newUser()
    await readFrames(await client.send(newSend(quick)))
    await until(async () => (await call<UserDetails>('GET', `/api/users/${id}`)).quota.used === 1)
    expect(await limits(id, { resetUsed: true })).toMatchObject({ used: 0, custom: false })
  })

  it('never leave an administrator without a message', async () => {
    expect(await limits(adminId, { messagesPerDay: 0 })).toMatchObject({ code: 'own_account' })
    expect(await limits(adminId, { messagesPerDay: 1 })).toMatchObject({ limit: 1 })
    expect(await limits(adminId, { messagesPerDay: null })).toMatchObject({ limit: null })
    expect(await limits(adminId, { tokensPerDay: 0 })).toMatchObject({ tokens: { limit: 0 } })
    await limits(adminId, { messagesPerDay: 'default', tokensPerDay: 'default' })
    expect(await limits(nobody, { messagesPerDay: 1 })).toMatchObject({ code: 'not_found' })
  })
})

describe('all quotas at once', () => {
  it('begin anew for users, with their own limits or without', async () => {
    const [one, other] = [await newUser(), await newUser()]
    await readFrames(await one.client.send(newSend(quick)))
    await call('POST', '/api/quotas/reset', { scope: 'users', dropCustom: true })
    await call('PUT', `/api/users/${other.id}/limits`, { messagesPerDay: 4 })
    await readFrames(await one.client.send(newSend(quick)))
    expect(await call('POST', '/api/quotas/reset', { scope: 'users' })).toEqual({ reset: 1 })
    expect(await call('GET', `/api/users/${one.id}`)).toMatchObject({ quota: { used: 0 } })
    expect(await call('GET', `/api/users/${other.id}`)).toMatchObject({ quota: { limit: 4 } })
    const body = { scope: 'users', resetUsed: false, dropCustom: true }
    expect(await call('POST', '/api/quotas/reset', body)).toEqual({ reset: 1 })
    expect(await call('GET', `/api/users/${other.id}`)).toMatchObject({ quota: { limit: 10 } })
    expect(await call('POST', '/api/quotas/reset', { ...body, resetUsed: true })).toEqual({
      reset: 0,
    })
  })

  it('begin anew for guests, alone, together and by address', async () => {
    const day = new Date().toISOString().slice(0, 10)
    const subjects = [`guest:${newId('guest')}`, 'allGuests', 'address:abc', `user:${nobody}`]
    const insert = env.DB.prepare(`insert into quota_usage values (?1, ?2, 5, 50)`)
    await env.DB.batch(subjects.map((subject) => insert.bind(subject, day)))
    expect(await call('POST', '/api/quotas/reset', { scope: 'guests' })).toEqual({ reset: 1 })
    const { results } = await env.DB.prepare(
      `select messages from quota_usage where subject in (?1, ?2, ?3, ?4) order by messages`,
    )
      .bind(...subjects)
      .all<{ messages: number }>()
    expect(results.map(({ messages }) => messages)).toEqual([0, 0, 0, 5])
  })
})

describe('a decision', () => {
  it('records who made it and when, and refuses every other transition', async () => {
    const { id } = await newAccount('user', 'pending')
    const decide = (decision: string, body?: unknown) =>
      call<User & { code?: string }>('POST', `/api/users/${id}/${decision}`, body)
    expect(await decide('enable')).toMatchObject({ code: 'conflict', state: 'pending' })
    expect(await decide('disable', {})).toMatchObject({ code: 'conflict' })
    const rejected = await decide('reject', { reason: 'who are you?' })
    expect(rejected).toMatchObject({
      state: 'rejected',
      reason: 'who are you?',
      decidedBy: adminId,
    })
    expect(rejected.decidedAt).toBeGreaterThan(Date.now() - 60_000)
    expect(await decide('enable')).toMatchObject({ code: 'conflict', state: 'rejected' })
    expect(await decide('approve')).toMatchObject({ id, state: 'active', reason: null })
    expect(await decide('approve')).toMatchObject({ code: 'conflict', status: 409 })
    expect(await decide('reject', {})).toMatchObject({ code: 'conflict', status: 409 })
    expect(await decide('disable', { reason: 'x'.repeat(201) })).toMatchObject({
      code: 'invalid_request',
    })
    expect(await decide('disable', {})).toMatchObject({ state: 'disabled', reason: null })
    expect(await decide('enable')).toMatchObject({ id, state: 'active' })
    expect(await call('POST', `/api/users/${nobody}/approve`)).toMatchObject({ code: 'not_found' })
  })

  it('to disable ends sessions, streams and what is being written', async () => {
    const { id, client } = await newUser()
    const send = newSend(slow)
    const read = readFrames(await client.send(send))
    await call('POST', `/api/users/${id}/disable`, {})
    expect(await isSignedIn(client)).toBe(false)
    await read
    await until(async () => {
      const row = await env.DB.prepare(`select state from messages where id = ?1`)
        .bind(send.replyId)
        .first<{ state: string }>()
      return row?.state === '{"type":"cancelled","by":"admin"}'
    })
  })

  it('counts only while whoever makes it is an administrator', async () => {
    const [former, target] = [await newUser('admin'), await newUser()]
    expect((await former.client.request('GET', '/api/users')).status).toBe(200)
    // As another isolate would see it: the session is remembered, the role is gone.
    await env.DB.prepare(`update users set role = 'user' where id = ?1`).bind(former.id).run()
    const attempts = [
      ['POST', `/api/users/${target.id}/disable`, {}],
      ['PATCH', `/api/users/${target.id}`, { role: 'admin' }],
      ['PUT', `/api/users/${target.id}/password`, { password: 'another horse 2' }],
      ['PUT', `/api/users/${target.id}/limits`, { messagesPerDay: 1 }],
      ['POST', `/api/users/${target.id}/sign-out`, undefined],
      ['POST', '/api/users', { username: uniqueName(), password: 'correct horse 1' }],
      ['DELETE', `/api/users/${target.id}`, undefined],
    ] as const
    for (const [method, path, body] of attempts) {
      expect(await former.client.json(method, path, body)).toMatchObject({ code: 'forbidden' })
    }
    expect(await call('GET', `/api/users/${target.id}`)).toMatchObject({
      state: 'active',
      role: 'user',
      limits: {},
      sessions: 1,
    })
  })
})

describe('a bulk action', () => {
  it('does to each what can be done and says why not to the others', async () => {
    const [waiting, active] = [await newAccount('user', 'pending'), await newAccount('user')]
    const ids = [active.id, nobody, waiting.id, waiting.id]
    expect(await call('POST', '/api/users/bulk', { ids, action: 'approve' })).toMatchObject({
      items: [
        { id: active.id, ok: false, problem: { code: 'conflict', state: 'active' } },
        { id: nobody, ok: false, problem: { code: 'not_found' } },
        { id: waiting.id, ok: true },
      ],
    })
    const disable = { ids: [adminId, active.id], action: 'disable', reason: 'gone' }
    expect(await call('POST', '/api/users/bulk', disable)).toMatchObject({
      items: [
        { id: adminId, ok: false, problem: { code: 'own_account' } },
        { id: active.id, ok: true },
      ],
    })
    expect(await call('GET', `/api/users/${active.id}`)).toMatchObject({ reason: 'gone' })
  })

  it('deletes a hundred accounts, and never one’s own', async () => {
    const users = await Promise.all(Array.from({ length: 99 }, () => newAccount('user')))
    await newBelongings(users[0]!.id)
    const ids = [...users.map(({ id }) => id), adminId]
    const { items } = await call<{ items: { ok: boolean; problem?: { code: string } }[] }>(
      'POST',
      '/api/users/bulk',
      { ids, action: 'delete' },
    )
    expect(items.filter(({ ok }) => ok)).toHaveLength(99)
    expect(items.at(-1)?.problem?.code).toBe('own_account')
    await until(async () => {
      const row = await env.DB.prepare(`select 1 from conversations where owner_id = ?1`)
        .bind(users[0]!.id)
        .first()
      return row === null
    })
  })

  it('takes from one to a hundred ids', async () => {
    for (const ids of [[], Array.from({ length: 101 }, () => newId('user'))]) {
      expect(await call('POST', '/api/users/bulk', { ids, action: 'delete' })).toMatchObject({
        code: 'invalid_request',
      })
    }
  })
})
