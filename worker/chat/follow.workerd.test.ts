import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import type { Id } from '../contract/ids.ts'
import {
  connectModels,
  contentOf,
  logged,
  newSend,
  openInstallation,
  readFrames,
  TestClient,
  until,
  type Frame,
} from '../test-client.ts'

const names = ['pace:8:120', 'reason:20+tokens:400', 'pace:40:400']
let models: Id<'model'>[]
let user: TestClient

beforeAll(async () => {
  const admin = await openInstallation({
    'chat.concurrentRepliesMax': null,
    'quota.user.messagesPerDay': null,
  })
  models = await connectModels(admin, names)
  user = admin
})

type Logged = ReturnType<typeof logged>

/** Reads a reply in pieces, leaving after as many events as `cuts` says each time. */
async function readInPieces(
  replyId: string,
  cuts: readonly number[],
  first?: Response,
): Promise<Logged> {
  const seen: Logged = []
  let response = first
  for (const cut of [...cuts, Infinity]) {
    const after = seen.at(-1)?.id ?? 0
    response ??= await user.request('GET', `/api/chat/stream/${replyId}`, {
      headers: { 'last-event-id': String(after) },
    })
    const frames: Frame[] = await readFrames(response, (sofar) => logged(sofar).length >= cut)
    seen.push(...logged(frames))
    response = undefined
  }
  return seen
}

it('two followers that leave and come back anywhere see what an uninterrupted one sees', async () => {
  const cuts = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(0, 1), cuts, cuts, async (model, cutsA, cutsB) => {
      const send = newSend(models[model]!)
      const response = await user.send(send)
      const [a, b] = await Promise.all([
        readInPieces(send.replyId, cutsA, response),
        readInPieces(send.replyId, cutsB),
      ])
      const whole = logged(
        await readFrames(await user.request('GET', `/api/chat/stream/${send.replyId}`)),
      )
      expect(whole.map(({ id }) => id)).toEqual(whole.map((_, index) => index + 1))
      expect(a).toEqual(whole)
      expect(b).toEqual(whole)
      expect(JSON.stringify(a)).toBe(JSON.stringify(whole))
    }),
    { numRuns: 12 },
  )
}, 60_000)

it('a reader who signs out loses the stream at once, and the reply goes on', async () => {
  const send = newSend(models[2]!)
  const other = new TestClient()
  other.cookie = user.cookie
  const leaver = new TestClient()
  await leaver.signIn(user.username)
  const reading = (async () => {
    await user.send(send).then((response) => readFrames(response, (frames) => frames.length > 3))
    const response = await leaver.request('GET', `/api/chat/stream/${send.replyId}`)
    await leaver.request('POST', '/api/auth/sign-out')
    return readFrames(response).then(
      (frames) => logged(frames).some(({ event }) => event.type === 'complete'),
      () => false,
    )
  })()
  expect(await reading).toBe(false)
  const open = ['pending', 'running']
  expect(open).toContain((await other.message(send.replyId)).state.type)
  await other.json('POST', `/api/chat/stream/${send.replyId}/cancel`)
})

it('a hundred readers follow one reply, and one more is refused', async () => {
  const send = newSend(models[2]!)
  const first = await user.send(send)
  const more = await Promise.all(
    Array.from({ length: 99 }, () => user.request('GET', `/api/chat/stream/${send.replyId}`)),
  )
  const refused = await user.request('GET', `/api/chat/stream/${send.replyId}`)
  expect(await refused.json()).toMatchObject({ code: 'too_many_followers', status: 503 })
  await user.json('POST', `/api/chat/stream/${send.replyId}/cancel`)
  const texts = await Promise.all(
    [first, ...more].map(async (response) => contentOf(await readFrames(response))),
  )
  expect(new Set(texts).size).toBe(1)
  await until(async () => (await user.message(send.replyId)).state.type === 'cancelled')
})
