import { abortAllDurableObjects, evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type Id } from '../contract/ids.ts'
import { isRunning, type Message } from '../contract/message.ts'
import { textOf } from '../contract/parts.ts'
import {
  connectModels,
  contentOf,
  logged,
  newSend,
  openInstallation,
  readFrames,
  type Frame,
  type TestClient,
  until,
} from '../test-client.ts'

let user: TestClient
const models = new Map<string, Id<'model'>>()
const scripts = {
  slowFirst: 'slow-first:2000+tokens:20',
  steady: 'pace:60:40',
  quick: 'tokens:20',
  cutFirst: 'cut:0',
  cutMiddle: 'tokens:20+cut:10',
  cutEnd: 'tokens:20+cut-end',
  stallFirst: 'stall-first',
  stallMiddle: 'tokens:20+stall:10',
  stallEnd: 'tokens:20+stall-end',
}
const whole = (count: number) => Array.from({ length: count }, (_, n) => `t${n}`).join(' ')

beforeAll(async () => {
  user = await openInstallation({
    'chat.concurrentRepliesMax': null,
    'provider.initialGraceMs': 5_000,
    'provider.idleMs': 5_000,
    'provider.retries': 0,
    'provider.fallback': false,
  })
  const ids = await connectModels(user, Object.values(scripts))
  Object.keys(scripts).forEach((name, index) => models.set(name, ids[index]!))
})

const isShown = (frames: Frame[]) => contentOf(frames).length > 0
const isOver = (frames: Frame[]) =>
  frames.some(({ event }) => ['complete', 'error', 'cancelled'].includes(event.type))

/** When in the life of a reply it happens. */
const moments = {
  'before the first token': {
    model: 'slowFirst',
    isReached: (frames: Frame[]) => frames.some(({ event }) => event.type === 'usage'),
  },
  'in mid-stream': { model: 'steady', isReached: isShown },
  'after the last token': { model: 'quick', isReached: isOver },
  'after the end is in D1': { model: 'quick', isReached: isOver, isStored: true },
}
type Moment = keyof typeof moments

/** What happens, and how a reply that was under way then ends: an eviction lets the run finish. */
const faults = {
  'an abort of every object': {
    strike: () => abortAllDurableObjects(),
    end: (moment: Moment) => (moment === 'in mid-stream' ? 'interrupted' : 'complete'),
  },
  'an eviction of its object': {
    strike: (replyId: string) => evictDurableObject(env.GENERATIONS.getByName(replyId)),
    end: () => 'complete',
  },
}

async function settled(replyId: string): Promise<Message> {
  return until(async () => {
    const message = await user.message(replyId)
    return !isRunning(message.state) && message
  })
}

describe.each(Object.entries(faults))('%s', (_, { strike, end }) => {
  it.each(Object.keys(moments) as Moment[])('%s loses nothing that was shown', async (moment) => {
    const { model, isReached, isStored = false } = { isStored: false, ...moments[moment] }
    const send = newSend(models.get(model)!, `${model} ${newId('request')}`)
    const seen = logged(await readFrames(await user.send(send), isReached))
    if (isStored) await settled(send.replyId)
    await strike(send.replyId)
    const joined = await until(async () => {
      const reply = await user.request('GET', `/api/chat/stream/${send.replyId}`)
      return reply.ok && readFrames(reply)
    })
    const events = logged(joined)
    expect(events.map(({ id }) => id)).toEqual(events.map((__, index) => index + 1))
    expect(events.slice(0, seen.length)).toEqual(seen)
    const { state, parts } = await settled(send.replyId)
    expect({ end: state.type, text: textOf(parts) }).toEqual({
      end: end(moment),
      text: contentOf(joined),
    })
  })
})

describe.each(['cut', 'stall'])('a provider whose stream meets a %s', (kind) => {
  it.each([
    ['before the first token', 'First', 'failed', ''],
    ['in mid-stream', 'Middle', 'interrupted', whole(10)],
    ['after its finish reason', 'End', 'complete', whole(20)],
  ])('%s ends plainly, with what came', async (_, when, end, text) => {
    const send = newSend(models.get(`${kind}${when}`)!, `${kind} ${newId('request')}`)
    const frames = await readFrames(await user.send(send))
    const message = await settled(send.replyId)
    expect({ end: message.state.type, text: textOf(message.parts) }).toEqual({ end, text })
    expect(contentOf(frames)).toBe(text)
  })
})
