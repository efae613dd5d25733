import { expect, it } from 'vitest'
import { Fault } from '../platform/fault.ts'
import { connectionOf, upstreamOf } from '../providers/play-recording.ts'
import { CallAccount } from './call-account.ts'
import { passStream } from './pass-on.ts'

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
  const pieces = passStream(
    {
      call: { ...call, asksForUsage: false },
      connection: connectionOf('openai', { baseUrl: 'https://api.example' }),
      body: { model: 'raw', stream: true },
      model: 'raw',
      account: new CallAccount(0, 0),
    },
    upstream,
  )
  return (await Array.fromAsync(pieces)).join('')
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
