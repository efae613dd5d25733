import { env } from 'cloudflare:workers'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { openInstallation, TestClient, uniqueName } from '../test-client.ts'

describe('the first account', () => {
  it('is the only administrator of twenty that register at the same moment', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => new TestClient().signUp()))
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201))
    const users = await Promise.all(
      replies.map((reply) =>
        reply.json<{ user: { role: string; state: string }; signedIn: boolean }>(),
      ),
    )
    expect(users.filter(({ user }) => user.role === 'admin')).toHaveLength(1)
    expect(users.filter(({ signedIn }) => signedIn)).toHaveLength(1)
    expect(users.filter(({ user }) => user.state === 'pending')).toHaveLength(19)
    // The next test files rely on an installation of their own; this one goes on with that admin.
    await env.DB.exec('delete from sessions; delete from users; delete from rate_counters')
  })
})

describe('accounts', () => {
  let admin: TestClient
  beforeAll(async () => {
    admin = await openInstallation()
  })

  it('signs in with the right password in any case of the name, and with no other', async () => {
    const user = new TestClient()
    await user.signUp('Some_One')
    const other = new TestClient()
    expect((await other.signIn('some_one', 'wrong pass 1')).status).toBe(401)
    expect((await other.signIn('SOME_ONE')).status).toBe(200)
    expect(await other.json('GET', '/api/me')).toMatchObject({
      actor: { username: 'Some_One', role: 'user' },
    })
  })

  it('refuses a name that is taken in another case, and weak passwords with their rule', async () => {
    await new TestClient().signUp('Taken_1')
    expect(await (await new TestClient().signUp('taken_1')).json()).toMatchObject({
      code: 'username_taken',
    })
    const client = new TestClient()
    const body = { username: uniqueName(), password: 'onlyletters' }
    expect(await client.json('POST', '/api/auth/sign-up', body)).toMatchObject({
      code: 'weak_password',
      rule: 'digit',
    })
  })

  it('answers an unknown name and a wrong password with the same problem', async () => {
    const user = new TestClient()
    await user.signUp()
    const [unknown, wrong] = await Promise.all([
      new TestClient().signIn('nobody_here', 'wrong pass 1'),
      new TestClient().signIn(user.username, 'wrong pass 1'),
    ])
    const bodies = await Promise.all(
      [unknown, wrong].map((reply) => reply.json<{ code: string; detail: string }>()),
    )
    expect(bodies[0]?.code).toBe('wrong_credentials')
    expect(bodies[0]?.detail).toBe(bodies[1]?.detail)
  })

  it('stops guessing a password after five tries, and says how long', async () => {
    const user = new TestClient()
    await user.signUp()
    const guesser = new TestClient()
    for (let n = 0; n < 5; n++)
      expect((await guesser.signIn(user.username, 'wrong pass 1')).status).toBe(401)
    const sixth = await guesser.signIn(user.username)
    expect(sixth.status).toBe(429)
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await new TestClient().signIn(user.username)).status).toBe(200)
  })

  it('lets no more guesses through when they come at the same moment', async () => {
    const user = new TestClient()
    await user.signUp()
    const guesser = new TestClient()
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => guesser.signIn(user.username, 'wrong pass 1')),
    )
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(7)
  })

  it('ends a session everywhere when it signs out', async () => {
    const user = new TestClient()
    await user.signUp()
    const copy = new TestClient()
    copy.cookie = user.cookie
    expect((await user.request('POST', '/api/auth/sign-out')).status).toBe(204)
    expect(user.cookie).toBe('')
    expect(await copy.json('GET', '/api/conversations')).toMatchObject({ code: 'session_ended' })
  })

  it('revokes other sessions when the password changes, and keeps the present one', async () => {
    const user = new TestClient()
    await user.signUp()
    const elsewhere = new TestClient()
    await elsewhere.signIn(user.username)
    const body = { current: 'correct horse 1', next: 'another horse 2' }
    expect((await user.request('PUT', '/api/auth/password', { body })).status).toBe(204)
    expect((await user.request('GET', '/api/auth/sessions')).status).toBe(200)
    expect((await elsewhere.request('GET', '/api/auth/sessions')).status).toBe(401)
    expect((await elsewhere.signIn(user.username)).status).toBe(401)
    expect((await elsewhere.signIn(user.username, 'another horse 2')).status).toBe(200)
  })

  it('accepts no token but its own kind', async () => {
    const user = new TestClient()
    await user.signUp()
    const [name = '', token = ''] = user.cookie.split('=')
    const claims = JSON.parse(
      atob(token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')),
    ) as Record<string, unknown>
    const sign = (payload: Record<string, unknown>, key: string, header = {}) =>
      new SignJWT(payload)
        .setProtectedHeader({ alg: 'HS256', ...header })
        .sign(new TextEncoder().encode(key))
    const none = `${btoa('{"alg":"none"}')}.${token.split('.')[1]}.`
    const forged = [
      none.replace(/=/g, ''),
      await sign(claims, 'another secret of at least 32 bytes!!'),
      await sign(claims, env.JWT_SECRET, { kid: '../../dev/null' }),
      await sign({ ...claims, role: 'admin' }, env.JWT_SECRET),
      await sign({ ...claims, sid: 'ses_000000000000000000000000' }, env.JWT_SECRET),
      await sign({ ...claims, exp: 1 }, env.JWT_SECRET),
      await sign({ sid: claims['sid'], sub: claims['sub'], iat: claims['iat'] }, env.JWT_SECRET),
    ]
    const statuses = await Promise.all(
      forged.map(async (value) => {
        const intruder = new TestClient()
        intruder.cookie = `${name}=${value}`
        return (await intruder.request('GET', '/api/conversations')).status
      }),
    )
    expect(statuses).toEqual(forged.map(() => 401))
    // The same way of signing, with the claims as they are, does open it: the refusals mean something.
    const honest = new TestClient()
    honest.cookie = `${name}=${await sign(claims, env.JWT_SECRET)}`
    expect((await honest.request('GET', '/api/conversations')).status).toBe(200)
  })

  it('refuses an unsafe request from another site, and takes one from no browser', async () => {
    const user = new TestClient()
    await user.signUp()
    const post = (headers: Record<string, string>) =>
      user.request('POST', '/api/conversations/delete', { body: { ids: [] }, headers })
    expect((await post({ origin: 'https://evil.test' })).status).toBe(403)
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post({ origin: 'https://aichat.test' })).status).toBe(200)
    expect((await post({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect((await post({})).status).toBe(200)
  })

  it('approves, disables and enables, and never the last administrator', async () => {
    await admin.json('PATCH', '/api/settings', { values: { 'accounts.registration': 'approval' } })
    const user = new TestClient()
    const { user: account } = await (await user.signUp()).json<{ user: { id: string } }>()
    expect(await (await user.signIn()).json()).toMatchObject({
      code: 'account_pending',
      status: 423,
    })
    expect(await admin.json('POST', `/api/users/${account.id}/approve`)).toMatchObject({
      state: 'active',
    })
    expect((await user.signIn()).status).toBe(200)
    expect(await admin.json('POST', `/api/users/${account.id}/approve`)).toMatchObject({
      code: 'conflict',
      state: 'active',
    })
    await admin.json('POST', `/api/users/${account.id}/disable`, { reason: 'left' })
    expect((await user.request('GET', '/api/conversations')).status).toBe(401)
    expect(await (await user.signIn()).json()).toMatchObject({
      code: 'account_disabled',
      reason: 'left',
    })
    const me = await admin.json<{ actor: { id: string } }>('GET', '/api/me')
    expect(await admin.json('POST', `/api/users/${me.actor.id}/disable`, {})).toMatchObject({
      code: 'own_account',
    })
    await admin.json('PATCH', '/api/settings', { values: { 'accounts.registration': 'open' } })
  })

  it('keeps preferences field by field and refuses unknown ones', async () => {
    const user = new TestClient()
    await user.signUp()
    await user.json('PATCH', '/api/me', {
      preferences: { theme: 'dark', reasoning: { effort: 'high' } },
    })
    await user.json('PATCH', '/api/me', { preferences: { reasoning: { enabled: false } } })
    expect(await user.json('GET', '/api/me')).toMatchObject({
      preferences: {
        theme: 'dark',
        reasoning: { enabled: false, effort: 'high', think: null },
        sendKey: 'enter',
      },
    })
    expect(await user.json('PATCH', '/api/me', { preferences: { colour: 'red' } })).toMatchObject({
      code: 'invalid_request',
    })
  })

  it('lets nobody but an administrator see users, connections or the settings of the network', async () => {
    const user = new TestClient()
    await user.signUp()
    expect(await user.json('GET', '/api/users')).toMatchObject({ code: 'forbidden' })
    expect(await user.json('GET', '/api/connections')).toMatchObject({ code: 'forbidden' })
    expect(await user.json('PATCH', '/api/settings', { values: {} })).toMatchObject({
      code: 'forbidden',
    })
    const { values } = await user.json<{ values: Record<string, unknown> }>('GET', '/api/settings')
    expect(values).toHaveProperty('chat.messageLengthMax')
    expect(values).not.toHaveProperty('provider.allowPrivateHosts')
  })

  it('undoes nothing of a settings patch that is wrong in one key', async () => {
    const wrong = { values: { 'brand.name': 'Changed', 'provider.idleMs': 1 } }
    expect(await admin.json('PATCH', '/api/settings', wrong)).toMatchObject({
      code: 'invalid_request',
    })
    const crossed = {
      values: { 'brand.name': 'Changed', 'provider.idleMs': 60_000, 'provider.timeoutMs': 30_000 },
    }
    expect(await admin.json('PATCH', '/api/settings', crossed)).toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'values.provider.idleMs' }],
    })
    expect(await admin.json('GET', '/api/settings/branding')).toMatchObject({ name: 'AIChat' })
  })
})
