import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Me } from '../contract/accounts.ts'
import type { Id } from '../contract/ids.ts'
import { newId } from '../contract/ids.ts'
import {
  connectModels,
  contentOf,
  newSend,
  openInstallation,
  readFrames,
  TestClient,
  until,
} from '../test-client.ts'

let admin: TestClient
let echo: Id<'model'>
let slow: Id<'model'>
let denied: Id<'model'>

beforeAll(async () => {
  admin = await openInstallation({
    'chat.concurrentRepliesMax': null,
    'quota.allGuests.messagesPerDay': null,
    'quota.guestAddress.messagesPerDay': null,
  })
  ;[echo, slow, denied] = (await connectModels(admin, ['echo', 'pace:40:50', 'tokens:3'])) as [
    Id<'model'>,
    Id<'model'>,
    Id<'model'>,
  ]
  await admin.json('PATCH', '/api/models', {
    ids: [echo, slow],
    patch: { access: { guest: 'allow' } },
  })
})

async function newGuest(): Promise<TestClient & { id: Id<'guest'> }> {
  const guest = new TestClient()
  const { actor } = await guest.json<Me>('GET', '/api/me')
  if (actor?.type !== 'guest') throw new Error('Not a guest.')
  return Object.assign(guest, { id: actor.id })
}

async function rowsOf(id: string): Promise<number> {
  const row = await env.DB.prepare(`select count(*) as rows from guests where id = ?1`)
    .bind(id)
    .first<{ rows: number }>()
  return row?.rows ?? 0
}

async function talk(client: TestClient, model = echo): Promise<ReturnType<typeof newSend>> {
  const send = newSend(model)
  const reply = await client.send(send)
  expect(reply.status).toBe(200)
  await readFrames(reply)
  return send
}

describe('a visitor without a session', () => {
  it('becomes a guest when its page asks who it is, and leaves no row by that', async () => {
    const guest = new TestClient()
    const reply = await guest.request('GET', '/api/me')
    const [cookie = ''] = reply.headers.getSetCookie()
    const me = await reply.json<Me>()
    expect(me).toMatchObject({
      actor: { type: 'guest', id: expect.stringMatching(/^gst_/) },
      capabilities: ['chat', 'readOwnUsage', 'exportOwn'],
      quota: { scope: 'guest', limit: 20, used: 0, remaining: 20 },
      preferences: null,
    })
    expect(cookie).toMatch(/^__Host-guest=.*; HttpOnly; Secure; SameSite=Lax/)
    const [value = ''] = cookie.slice('__Host-guest='.length).split(';')
    expect(JSON.stringify(me)).not.toContain(value.split('.')[2])
    expect(await rowsOf(me.actor!.id)).toBe(0)
  })

  it('is nobody to any other route before', async () => {
    const visitor = new TestClient()
    expect(await visitor.json('GET', '/api/conversations')).toMatchObject({ code: 'not_signed_in' })
  })

  it('keeps being the same guest, with a row from the first thing it stores', async () => {
    const guest = await newGuest()
    await talk(guest)
    expect(await rowsOf(guest.id)).toBe(1)
    const me = await guest.json<Me>('GET', '/api/me')
    expect(me).toMatchObject({ actor: { id: guest.id }, quota: { used: 1, remaining: 19 } })
    expect(await guest.json('GET', '/api/conversations')).toMatchObject({ items: [{}] })
  })

  it('leaves no row when what it sends is refused', async () => {
    const guest = await newGuest()
    const reply = await guest.send(newSend(denied))
    expect(await reply.json()).toMatchObject({ code: 'model_denied' })
    expect(await rowsOf(guest.id)).toBe(0)
  })

  it('gets another identity in place of one this server did not sign', async () => {
    const guest = await newGuest()
    const [name = '', value = ''] = guest.cookie.split('=')
    const [, end, signature] = value.split('.')
    const forged = [
      `${newId('guest')}.${end}.${signature}`,
      `${guest.id}.${Number(end) + 1}.${signature}`,
      `${guest.id}.${end}.`,
      `${guest.id}.${end}`,
      `${guest.id}.${end}.${signature}.`,
      'x',
    ]
    for (const wrong of forged) {
      const other = new TestClient()
      other.cookie = `${name}=${wrong}`
      expect(await other.json('GET', '/api/conversations')).toMatchObject({ code: 'not_signed_in' })
      const { actor } = await other.json<Me>('GET', '/api/me')
      expect(actor).toMatchObject({ type: 'guest' })
      expect(actor!.id).not.toBe(guest.id)
      expect(other.cookie).not.toBe(`${name}=${wrong}`)
    }
  })

  it('sees and reaches nothing of another guest', async () => {
    const guest = await newGuest()
    const other = await newGuest()
    const { conversationId, replyId } = await talk(guest)
    const image = await guest.newImage()
    const paths = [
      `/api/conversations/${conversationId}`,
      `/api/conversations/${conversationId}/messages`,
      `/api/messages/${replyId}`,
      `/api/chat/stream/${replyId}`,
      `/api/attachments/${image.id}`,
    ]
    for (const path of paths) {
      expect(await other.json('GET', path)).toMatchObject({ code: 'not_found' })
    }
    expect(await other.json('GET', '/api/conversations')).toMatchObject({ items: [] })
  })

  it('is turned away while guests are off, and finds its conversations when they are on again', async () => {
    const guest = await newGuest()
    await talk(guest)
    await admin.json('PATCH', '/api/settings', { values: { 'guests.enabled': false } })
    const refused = await guest.request('GET', '/api/conversations')
    expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'guests_disabled' }])
    expect(await guest.json('GET', '/api/me')).toMatchObject({ actor: null, quota: null })
    await admin.json('PATCH', '/api/settings', { reset: ['guests.enabled'] })
    expect(await guest.json('GET', '/api/conversations')).toMatchObject({ items: [{}] })
  })

  it('stays as long as the setting says, counted from its last visit', async () => {
    const guest = await newGuest()
    await talk(guest)
    await admin.json('PATCH', '/api/settings', { values: { 'guests.retentionDays': 100 } })
    const reply = await guest.request('GET', '/api/conversations')
    expect(reply.headers.getSetCookie()).toEqual([expect.stringContaining('Max-Age=8640000')])
    const again = await guest.request('GET', '/api/conversations')
    expect(again.headers.getSetCookie()).toEqual([])
    const row = await env.DB.prepare(`select expires_at from guests where id = ?1`)
      .bind(guest.id)
      .first<{ expires_at: number }>()
    expect(row!.expires_at).toBeGreaterThan(Date.now() + 99 * 86_400_000)
    await admin.json('PATCH', '/api/settings', { reset: ['guests.retentionDays'] })
  })
})

describe('a guest who signs up or signs in', () => {
  it('keeps conversations and images by a change of owner, and its count of today', async () => {
    const guest = await newGuest()
    const { conversationId } = await talk(guest)
    await talk(guest)
    const image = await guest.newImage()
    await guest.signUp()
    expect(guest.cookie).not.toContain('guest=')
    const me = await guest.json<Me>('GET', '/api/me')
    expect(me).toMatchObject({ actor: { type: 'user' }, quota: { scope: 'user', used: 2 } })
    const { items } = await guest.json<{ items: { id: string }[] }>('GET', '/api/conversations')
    expect(items.map(({ id }) => id)).toContain(conversationId)
    expect(items).toHaveLength(2)
    expect((await guest.request('GET', `/api/attachments/${image.id}`)).status).toBe(200)
    expect(await rowsOf(guest.id)).toBe(0)
  })

  it('finds them among those of its account, and other tabs hear of each', async () => {
    const user = new TestClient()
    await user.signUp()
    await talk(user)
    const { cursor } = await user.json<{ cursor: string }>('GET', '/api/changes')
    const guest = await newGuest()
    const sends = [await talk(guest), await talk(guest)]
    await guest.signIn(user.username)
    const changes = await user.json<{ conversations: { id: string }[] }>(
      'GET',
      `/api/changes?after=${cursor}`,
    )
    expect(changes.conversations.map(({ id }) => id).toSorted()).toEqual(
      sends.map(({ conversationId }) => conversationId).toSorted(),
    )
    expect(await user.json('GET', '/api/me')).toMatchObject({ quota: { used: 3 } })
  })

  it('is never left with a count over its limit by that', async () => {
    const user = new TestClient()
    await user.signUp()
    await admin.json('PATCH', '/api/settings', { values: { 'quota.user.messagesPerDay': 2 } })
    await talk(user)
    const guest = await newGuest()
    for (let n = 0; n < 3; n++) await talk(guest)
    await guest.signIn(user.username)
    expect(await user.json('GET', '/api/me')).toMatchObject({ quota: { used: 2, remaining: 0 } })
    await admin.json('PATCH', '/api/settings', { reset: ['quota.user.messagesPerDay'] })
  })

  it('leaves them to the guest when they are not to be kept', async () => {
    const guest = await newGuest()
    await talk(guest)
    const body = { username: `left_${Date.now()}`, password: 'correct horse 1' }
    await guest.request('POST', '/api/auth/sign-up', {
      body: { ...body, keepGuestConversations: false },
    })
    expect(await guest.json('GET', '/api/conversations')).toMatchObject({ items: [] })
    expect(await rowsOf(guest.id)).toBe(1)
  })

  it('takes a running reply along, whose unit is settled with the account', async () => {
    const guest = await newGuest()
    const send = newSend(slow)
    const reply = await guest.send(send)
    const watched = readFrames(reply)
    await guest.signUp()
    const followed = await guest.request('GET', `/api/chat/stream/${send.replyId}`)
    expect(followed.status).toBe(200)
    const frames = await readFrames(followed)
    expect(frames.at(-1)?.event.type).toBe('complete')
    expect(contentOf(frames)).toBe(contentOf(await watched))
    await until(async () => {
      const { state } = await guest.message(send.replyId)
      return state.type === 'complete'
    })
    expect(await guest.json('GET', '/api/me')).toMatchObject({ quota: { used: 1 } })
  })
})
