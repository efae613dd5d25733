import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { connectionOf } from '../providers/play-recording.ts'
import { CallAccount } from './call-account.ts'
import { passStream } from './pass-on.ts'
import { runCall } from './run-call.ts'

const pauseMs = 400
const limits = {
  initialGraceMs: 10_000,
  idleMs: 150,
  reasoningIdleMs: 10_000,
  timeoutMs: 20_000,
  retries: 0,
  fallback: false,
  coalesceMs: 0,
  heartbeatMs: 15_000,
}
const guard = {
  allowPrivateHosts: true,
  allowedOrigins: [],
  audience: 'connection',
  resolve: null,
} as const
const chunk = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ model: 'raw', choices: [{ index: 0, delta, finish_reason }] })}\n\n`

/** Runs a call whose upstream says `first`, pauses and then ends its answer. */
async function run(first: string): Promise<string> {
  const server = createServer(async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(first)
    await sleep(pauseMs)
    response.end(`${chunk({ content: 'So' }, 'stop')}data: [DONE]\n\n`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const account = new CallAccount(Date.now(), 0)
  const call = { url, headers: new Headers(), model: 'raw', asksForUsage: false }
  const connection = connectionOf('openai', { baseUrl: url })
  let text = ''
  try {
    await runCall({
      attempt: (upstream, handOn) =>
        passStream({ call, connection, body: {}, model: 'raw', account }, upstream, handOn),
      handOn: (piece) => void (text += piece),
      account,
      limits,
      guard,
      signal: new AbortController().signal,
    })
    return text
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

it('waits longer for a thought than for a word', async () => {
  expect(await run(chunk({ reasoning_content: 'Hm' }))).toContain('[DONE]')
  await expect(run(chunk({ content: 'Well' }))).rejects.toMatchObject({ code: 'provider_stalled' })
})
