import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { forgetSession } from '../../accounts/session-cache.ts'
import type { Me } from '../../contract/accounts.ts'
import { newId, type Id } from '../../contract/ids.ts'
import type { WritableSettings } from '../../contract/settings-registry.ts'
import {
  connectModels,
  newSend,
  openInstallation,
  readFrames,
  TestClient,
  until,
  withSettings,
} from '../../test-client.ts'

const dayMs = 86_400_000
let admin: TestClient
let echo: Id<'model'>
let slow: Id<'model'>
beforeAll(async () => {
  admin = await openInstallation()
  ;[echo, slow] = (await connectModels(admin, ['echo', 'stall-first'])) as [
    Id<'model'>,
    Id<'model'>,
  ]
})

const during = <T>(values: Partial<WritableSettings>, act: () => Promise<T>) =>
  withSettings(admin, values, act)

async function newUser(): Promise<TestClient> {
  const user = new TestClient()
  await during({ 'accounts.registration': 'open' }, () => user.signUp())
  return user
}

async function newGuest(): Promise<TestClient> {
  const guest = new TestClient()
  await guest.json('GET', '/api/me')
  return guest
}

it('lets whoever signs up in at once, after an approval, or not at all', async () => {
  const signUp = async () => {
    const client = new TestClient()
    const reply = await client.signUp()
    const { actor } = await client.json<Me>('GET', '/api/me')
    return [reply.status, actor?.type === 'user']
  }
  const by = (mode: 'open' | 'approval' | 'closed') =>
    during({ 'accounts.registration': mode }, signUp)
  expect(await by('open')).toEqual([201, true])
  expect(await by('approval')).toEqual([201, false])
  expect(await by('closed')).toEqual([403, false])
})

describe('a session', () => {
  async function lifetime(): Promise<number> {
    const user = await newUser()
    const row = await env.DB.prepare(
      `select expires_at - created_at as ms from sessions where user_id = (select id from users where username = ?1)`,
    )
      .bind(user.username)
      .first<{ ms: number }>()
    return (row?.ms ?? 0) / dayMs
  }

  it('lasts as long without use as is set', async () => {
    expect(await during({ 'accounts.sessionIdleDays': 3 }, lifetime)).toBe(3)
    expect(await lifetime()).toBe(30)
  })

  it('ends at the latest when the setting says', async () => {
    const short = { 'accounts.sessionMaxDays': 2, 'accounts.sessionIdleDays': 2 }
    const user = await newUser()
    // In use for a long time: no renewal takes it further.
    await env.DB.prepare(
      `update sessions set created_at = ?2, renewed_at = ?2, expires_at = ?3
       where user_id = (select id from users where username = ?1)`,
    )
      .bind(user.username, Date.now() - 1.5 * dayMs, Date.now() + dayMs)
      .run()
    await during(short, async () => {
      forgetSession()
      await user.json('GET', '/api/me')
    })
    const row = await env.DB.prepare(
      `select expires_at - created_at as ms from sessions where user_id = (select id from users where username = ?1)`,
    )
      .bind(user.username)
      .first<{ ms: number }>()
    expect(row?.ms).toBe(2 * dayMs)
  })
})

describe('a guest', () => {
  it('is let in, and back in for as long as is set', async () => {
    const life = async () => {
      const guest = await newGuest()
      const { actor } = await guest.json<Me>('GET', '/api/me')
      return actor?.type === 'guest' ? Math.round((actor.expiresAt - Date.now()) / dayMs) : null
    }
    expect(await life()).toBe(15)
    expect(await during({ 'guests.retentionDays': 4 }, life)).toBe(4)
    expect(await during({ 'guests.enabled': false }, life)).toBeNull()
  })

  it('may use models where the setting says so', async () => {
    const guest = await newGuest()
    const send = async () => {
      const reply = await guest.send(newSend(echo))
      await reply.arrayBuffer()
      return reply.status
    }
    expect(await send()).toBe(403)
    expect(await during({ 'models.access.guest': 'allow' }, send)).toBe(200)
  })

  it('has as many messages as each of its three limits leaves', async () => {
    const left = async () => {
      const guest = await newGuest()
      const { remaining, blockedBy } = await guest.json<{
        remaining: number | null
        blockedBy: string | null
      }>('GET', '/api/me/quota')
      return [remaining, blockedBy]
    }
    expect(await left()).toEqual([20, null])
    expect(await during({ 'quota.guest.messagesPerDay': 7 }, left)).toEqual([7, null])
    expect(await during({ 'quota.allGuests.messagesPerDay': 0 }, left)).toEqual([0, 'allGuests'])
    expect(await during({ 'quota.guestAddress.messagesPerDay': 3 }, left)).toEqual([3, null])
    const none = {
      'quota.guest.messagesPerDay': null,
      'quota.allGuests.messagesPerDay': null,
      'quota.guestAddress.messagesPerDay': null,
    }
    expect(await during(none, left)).toEqual([null, null])
  })
})

describe('a user', () => {
  it('may use models unless the setting says otherwise', async () => {
    const user = await newUser()
    const send = async () => {
      const reply = await user.send(newSend(echo))
      await reply.arrayBuffer()
      return reply.status
    }
    expect(await send()).toBe(200)
    expect(await during({ 'models.access.user': 'deny' }, send)).toBe(403)
  })

  it('has the messages and tokens of the day that are set', async () => {
    const user = await newUser()
    await readFrames(await user.send(newSend(echo)))
    const send = async () => (await (await user.send(newSend(echo))).json<{ code: string }>()).code
    expect(await during({ 'quota.user.messagesPerDay': 1 }, send)).toBe('quota_exceeded')
    // What an answer took is known once it is settled.
    const refused = await during({ 'quota.user.tokensPerDay': 1 }, () =>
      until(async () => {
        const reply = await user.send(newSend(echo))
        if (reply.status === 200) return readFrames(reply).then(() => null)
        return reply.json<{ code: string }>()
      }),
    )
    expect(refused.code).toBe('token_budget_exceeded')
  })

  it('has as many replies at a time as is set', async () => {
    const user = await newUser()
    const sends = [newSend(slow), newSend(slow)]
    const replies = await during({ 'chat.concurrentRepliesMax': 1 }, async () => [
      await user.send(sends[0]!),
      await user.send(sends[1]!),
    ])
    expect(replies.map(({ status }) => status)).toEqual([200, 429])
    expect(await replies[1]!.json()).toMatchObject({ code: 'too_many_replies', max: 1 })
    await replies[0]!.body?.cancel()
    await user.json('POST', `/api/chat/stream/${sends[0]!.replyId}/cancel`)
  })

  it('sends a request of its own where the setting lets it', async () => {
    const user = await newUser()
    const custom = { custom: { body: { seed: newId('request') } } } as object
    const send = async () => {
      const reply = await user.send(newSend(echo, 'Hello', custom))
      await reply.arrayBuffer()
      return reply.status
    }
    expect(await send()).toBe(403)
    expect(await during({ 'chat.customRequest': 'users' }, send)).toBe(200)
  })
})
