import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Me } from '../contract/accounts.ts'
import type { Id } from '../contract/ids.ts'
import type { Quota } from '../contract/quotas.ts'
import {
  connectModels,
  newSend,
  openInstallation,
  readFrames,
  TestClient,
  until,
} from '../test-client.ts'

const limit = 7
let echo: Id<'model'>
let refusing: Id<'model'>
let admin: TestClient

beforeAll(async () => {
  admin = await openInstallation({
    'chat.concurrentRepliesMax': null,
    'quota.user.messagesPerDay': limit,
  })
  const ids = await connectModels(admin, ['echo', 'status:400'])
  echo = ids[0]!
  refusing = ids[1]!
  await set({ 'models.access.guest': 'allow' })
})

async function set(values: Record<string, unknown>): Promise<void> {
  const reply = await admin.request('PATCH', '/api/settings', { body: { values } })
  expect(reply.status).toBe(200)
}

async function newGuest(): Promise<TestClient> {
  const guest = new TestClient()
  await guest.json('GET', '/api/me')
  return guest
}

/** What each of so many sends at once came to: `ok`, or the scope without room. */
async function outcomes(clients: TestClient[]): Promise<string[]> {
  return Promise.all(
    clients.map(async (client) => {
      const reply = await client.send(newSend(echo))
      if (reply.status === 200) {
        await readFrames(reply)
        return 'ok'
      }
      const problem = await reply.json<{ code: string; quota: Quota; signInHelps: boolean }>()
      expect(problem).toMatchObject({ code: 'quota_exceeded', quota: { remaining: 0 } })
      expect(problem.signInHelps).toBe(problem.quota.scope === 'guest')
      return problem.quota.blockedBy!
    }),
  )
}

function count(all: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const one of all) counts[one] = (counts[one] ?? 0) + 1
  return counts
}

async function newUser(): Promise<TestClient> {
  const user = new TestClient()
  await user.join()
  return user
}

it('accepts exactly as many messages as the quota leaves, however many come at once', async () => {
  const user = await newUser()
  const replies = await Promise.all(Array.from({ length: 25 }, () => user.send(newSend(echo))))
  const accepted = replies.filter(({ status }) => status === 200)
  expect(accepted).toHaveLength(limit)
  for (const reply of replies.filter(({ status }) => status !== 200)) {
    expect(await reply.json()).toMatchObject({
      code: 'quota_exceeded',
      quota: { remaining: 0, blockedBy: 'user' },
    })
  }
  await Promise.all(accepted.map((reply) => readFrames(reply)))
  const { items } = await user.json<{ items: unknown[] }>('GET', '/api/conversations')
  expect(items).toHaveLength(limit)
})

it('charges a message the provider refused not at all', async () => {
  const user = await newUser()
  for (let n = 0; n < limit + 2; n++) {
    const reply = await user.send(newSend(refusing))
    expect(reply.status).toBe(200)
    await readFrames(reply)
    await until(async () => {
      const me = await user.json<{ quota: { used: number } }>('GET', '/api/me')
      return me.quota.used === 0
    })
  }
})

it('admits exactly the limit of 500 messages sent at once', async () => {
  const user = new TestClient({ damping: false })
  await user.join()
  const all = await outcomes(Array.from({ length: 500 }, () => user))
  expect(count(all)).toEqual({ ok: limit, user: 500 - limit })
})

describe('guests', () => {
  const many = { 'quota.guest.messagesPerDay': 3, 'quota.guestAddress.messagesPerDay': null }

  it('each have a limit, all of them one together', async () => {
    await set({ ...many, 'quota.allGuests.messagesPerDay': 4 })
    const [first, second] = [await newGuest(), await newGuest()]
    expect(count(await outcomes(Array.from({ length: 9 }, () => first)))).toEqual({
      ok: 3,
      guest: 6,
    })
    expect(count(await outcomes(Array.from({ length: 9 }, () => second)))).toEqual({
      ok: 1,
      allGuests: 8,
    })
    const me = await second.json<Me>('GET', '/api/me')
    expect(me.quota).toMatchObject({ limit: 3, used: 1, remaining: 0, blockedBy: 'allGuests' })
    await set({ 'quota.allGuests.messagesPerDay': null })
  })

  it('share the limit of their address, however many identities it takes', async () => {
    await set({ ...many, 'quota.guestAddress.messagesPerDay': 5 })
    const address = { 'cf-connecting-ip': '2001:db8:7:1::1' }
    const neighbour = { 'cf-connecting-ip': '2001:db8:7:1:ffff::9' }
    const elsewhere = { 'cf-connecting-ip': '2001:db8:7:2::1' }
    const send = async (headers: Record<string, string>) => {
      const guest = await newGuest()
      const reply = await guest.request('POST', '/api/chat/stream', {
        body: newSend(echo),
        headers,
      })
      if (reply.status === 200) await readFrames(reply)
      return reply.status
    }
    const statuses = await Promise.all(
      Array.from({ length: 20 }, (_, index) => send(index % 2 === 0 ? address : neighbour)),
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(5)
    expect(await send(elsewhere)).toBe(200)
    const { results } = await env.DB.prepare(
      `select subject from quota_usage where subject glob 'address:*'`,
    ).all<{ subject: string }>()
    expect(results.length).toBeGreaterThan(0)
    expect(JSON.stringify(results)).not.toContain('2001')
    await set({ 'quota.guestAddress.messagesPerDay': null })
  })

  it('get every unit back when nothing was produced', async () => {
    await set({ ...many, 'quota.guestAddress.messagesPerDay': 50 })
    const guest = await newGuest()
    const frames = await readFrames(await guest.send(newSend(refusing)))
    const quotas = frames.flatMap(({ event }) => (event.type === 'quota' ? [event.quota] : []))
    expect(quotas).toMatchObject([
      { used: 1, remaining: 2 },
      { used: 0, remaining: 3 },
    ])
    await until(async () => {
      const { results } = await env.DB.prepare(
        `select sum(messages) as messages from quota_usage
         where subject = (select 'guest:' || owner_id from generations order by accepted_at desc limit 1)`,
      ).all<{ messages: number }>()
      return results[0]?.messages === 0
    })
    await set({ 'quota.guestAddress.messagesPerDay': null })
  })
})

describe('a user with limits of its own', () => {
  async function own(limits: object): Promise<TestClient> {
    const user = await newUser()
    await env.DB.prepare(`update users set limits = ?2 where username = ?1`)
      .bind(user.username, JSON.stringify(limits))
      .run()
    await user.signIn()
    return user
  }

  it('is held to them in place of the setting', async () => {
    const few = await own({ messagesPerDay: 2 })
    expect(count(await outcomes(Array.from({ length: 5 }, () => few)))).toEqual({ ok: 2, user: 3 })
    const none = await own({ messagesPerDay: 0 })
    expect(await outcomes([none])).toEqual(['user'])
    const free = await own({ messagesPerDay: null })
    expect(count(await outcomes(Array.from({ length: limit + 3 }, () => free)))).toEqual({
      ok: limit + 3,
    })
    expect(await free.json('GET', '/api/me/quota')).toMatchObject({
      limit: null,
      remaining: null,
      used: limit + 3,
      custom: true,
    })
  })

  it('stops at its token budget, once that is used up', async () => {
    const user = await own({ tokensPerDay: 1 })
    await readFrames(await user.send(newSend(echo)))
    const reply = await until(async () => {
      const next = await user.send(newSend(echo))
      if (next.status !== 200) return next
      await readFrames(next)
      return null
    })
    expect(await reply.json()).toMatchObject({
      code: 'token_budget_exceeded',
      quota: { blockedBy: 'tokens', tokens: { limit: 1, remaining: 0 } },
    })
  })
})

it('begins a new day at midnight of the zone that is set, at once when the zone changes', async () => {
  const user = await newUser()
  await outcomes([user])
  const before = await user.json<Quota>('GET', '/api/me/quota')
  expect(before).toMatchObject({ used: 1, timeZone: 'UTC' })
  const hour = new Date().getUTCHours()
  // A zone in which it is another day than in UTC.
  const zone = hour >= 12 ? 'Etc/GMT-14' : 'Etc/GMT+12'
  await set({ 'quota.timeZone': zone })
  expect(await user.json('GET', '/api/me/quota')).toMatchObject({ used: 0, timeZone: zone })
  await set({ 'quota.timeZone': 'UTC' })
  expect(await user.json('GET', '/api/me/quota')).toEqual(before)
})

it('tells open pages when an allowance is changed, and not when nothing is', async () => {
  const user = await newUser()
  const { cursor } = await user.json<{ cursor: string }>('GET', '/api/changes')
  const path = `/api/changes?after=${cursor}`
  expect((await user.request('GET', path)).status).toBe(204)
  const { actor } = await user.json<Me>('GET', '/api/me')
  const limits = { messagesPerDay: 2 }
  await admin.json('PUT', `/api/users/${actor!.id}/limits`, limits)
  expect(await user.json('GET', path)).toMatchObject({ quota: { limit: 2, custom: true } })
})
