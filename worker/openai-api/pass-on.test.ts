import { expect, it } from 'vitest'
import { Fault } from '../platform/fault.ts'
import { connectionOf, upstreamOf } from '../providers/play-recording.ts'
import { CallAccount } from './call-account.ts'
import { passStream, passWhole } from './pass-on.ts'

const chunk = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ model: 'raw', choices: [{ index: 0, delta, finish_reason }] })}\n\n`
const done = 'data: [DONE]\n\n'

/** A body that never closes of itself: behind what it says it stays open, or breaks. */
function bodyOf(text: string, after: 'open' | 'broken'): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text))
    },
    pull: (controller) =>
      after === 'open' ? new Promise(() => {}) : controller.error(new TypeError('cut')),
  })
}

async function passed(text: string, after: 'open' | 'broken'): Promise<string> {
  const headers = { 'content-type': 'text/event-stream' }
  const upstream = upstreamOf(() => new Response(bodyOf(text, after), { headers }))
  const call = { url: 'https://api.example', headers: new Headers(), model: 'raw' }
  const pieces: string[] = []
  await passStream(
    {
      call: { ...call, asksForUsage: false },
      connection: connectionOf('openai', { baseUrl: 'https://api.example' }),
      body: { model: 'raw', stream: true },
      model: 'raw',
      account: new CallAccount(0, 0),
    },
    upstream,
    (piece) => void pieces.push(piece),
  )
  return pieces.join('')
}

it('ends with the answer, though the connection stays open', async () => {
  const text = chunk({ content: 'Hi' }) + chunk({}, 'stop') + done
  expect(await passed(text, 'open')).toBe(text)
})

it('takes no harm from what breaks behind the finish reason, and says so of what breaks before', async () => {
  const text = chunk({ content: 'Hi' }) + chunk({}, 'stop')
  expect(await passed(text, 'broken')).toBe(text)
  await expect(passed(chunk({ content: 'Hi' }), 'broken')).rejects.toThrow('cut')
  await expect(passed(`${text}data: {"error":{"message":"no"}}\n\n`, 'open')).rejects.toThrow(Fault)
})

const connection = connectionOf('openai', { baseUrl: 'https://api.example' })
const call = (asksForUsage: boolean) => ({
  url: 'https://api.example',
  headers: new Headers(),
  model: 'raw',
  asksForUsage,
})

it('asks without usage where that is refused, and says so once it is answered', async () => {
  const text = chunk({ content: 'Hi' }) + chunk({}, 'stop') + done
  const asked: string[] = []
  let learned = 0
  const upstream = upstreamOf(({ body }) => {
    asked.push(JSON.stringify(body))
    const isRefused = asked.length === 1
    return isRefused
      ? Response.json({ error: { message: 'Unknown field: stream_options' } }, { status: 400 })
      : new Response(text, { headers: { 'content-type': 'text/event-stream' } })
  })
  const pieces: string[] = []
  await passStream(
    {
      call: call(true),
      connection,
      body: { model: 'raw', stream: true },
      model: 'raw',
      account: new CallAccount(0, 0),
      onWithoutStreamOptions: async () => void learned++,
    },
    upstream,
    (piece) => void pieces.push(piece),
  )
  expect(pieces.join('')).toBe(text)
  expect(asked.map((body) => body.includes('stream_options'))).toEqual([true, false])
  expect(learned).toBe(1)
})

it('charges for vectors what was asked, where the upstream does not say', async () => {
  const account = new CallAccount(0, 5)
  const vector = Array.from({ length: 3_000 }, () => 0.123)
  const upstream = upstreamOf(() => Response.json({ model: 'raw', data: [{ embedding: vector }] }))
  const body = { model: 'raw', input: 'Hi' }
  const asked = { call: call(false), connection, body, model: 'raw', account, isVectors: true }
  await passWhole(asked, upstream)
  expect(account.settled(false).usage).toMatchObject({ inputTokens: 5, outputTokens: 0 })
})
