import { beforeAll, expect, it } from 'vitest'
import { newId, type Id } from '../contract/ids.ts'
import {
  callsAbout,
  connectModels,
  contentOf,
  logged,
  newSend,
  openInstallation,
  readFrames,
  type TestClient,
  until,
} from '../test-client.ts'

const limitMs = 5_000
const names = ['stall-first', 'tokens:20+stall:10', 'reason:10+tokens:1+stall:10']
let models: Id<'model'>[]
let user: TestClient

beforeAll(async () => {
  user = await openInstallation({
    'provider.initialGraceMs': limitMs,
    'provider.idleMs': limitMs,
    'provider.reasoningIdleMs': 9_000,
    'provider.retries': 0,
    'provider.fallback': false,
    'stream.heartbeatMs': 5_000,
    'chat.concurrentRepliesMax': null,
  })
  models = await connectModels(user, names)
})

it('a provider that goes silent is cut off, each silence by its own limit, and what was shown stays', async () => {
  const ends = await Promise.all(
    models.map(async (model) => {
      const send = newSend(model, `silent ${newId('request')}`)
      const startedAt = Date.now()
      const frames = await readFrames(await user.send(send))
      const seconds = Math.round((Date.now() - startedAt) / 1_000)
      const call = await until(async () => {
        const calls = await callsAbout(send.content)
        return calls.find(({ outcome }) => outcome === 'aborted')
      }, 2_000)
      const end = logged(frames).at(-1)!.event
      const keepalives = frames.filter(({ event }) => event.type === 'keepalive').length
      const isClosed = call.endedAt! - startedAt < (seconds + 2) * 1_000
      const problem = 'problem' in end ? end.problem : null
      return {
        code: problem?.code,
        continuable: problem?.['continuable'],
        text: contentOf(frames),
        keepalives,
        isClosed,
        send,
      }
    }),
  )
  expect(ends.map(({ code }) => code)).toEqual([
    'provider_timeout',
    'provider_stalled',
    'provider_stalled',
  ])
  expect(ends.map(({ continuable }) => continuable ?? false)).toEqual([false, true, true])
  expect(ends[1]!.text).toBe('t0 t1 t2 t3 t4 t5 t6 t7 t8 t9')
  expect(ends.every(({ isClosed }) => isClosed)).toBe(true)
  expect(ends.every(({ keepalives }) => keepalives > 0)).toBe(true)
  const states = await Promise.all(
    ends.map(({ send }) =>
      until(async () => {
        const { state } = await user.message(send.replyId)
        return !['pending', 'running'].includes(state.type) && state.type
      }),
    ),
  )
  expect(states).toEqual(['failed', 'interrupted', 'interrupted'])
})
