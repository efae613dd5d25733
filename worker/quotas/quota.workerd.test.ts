import { beforeAll, expect, it } from 'vitest'
import type { Id } from '../contract/ids.ts'
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

beforeAll(async () => {
  const admin = await openInstallation({
    'chat.concurrentRepliesMax': null,
    'quota.user.messagesPerDay': limit,
  })
  const ids = await connectModels(admin, ['echo', 'status:400'])
  echo = ids[0]!
  refusing = ids[1]!
})

async function newUser(): Promise<TestClient> {
  const user = new TestClient()
  await user.signUp()
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
