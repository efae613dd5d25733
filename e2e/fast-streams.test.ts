import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKey } from './connected-product.ts'
import { startFakeUpstream, type FakeUpstream } from './fake-upstream.ts'
import { bundleWorker } from './runtime/bundle.ts'
import { startRuntime, type Runtime } from './runtime/runtime.ts'
import { Visitor } from './runtime/visitor.ts'

const long = 'tokens:20000'
const longer = 'tokens:200000'

let upstream: FakeUpstream
let runtime: Runtime
let visitor: Visitor
let secret: string
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aichat-fast-'))
  upstream = await startFakeUpstream()
  runtime = await startRuntime({
    script: bundleWorker(join(folder, 'bundle')),
    folder: join(folder, 'state'),
  })
  visitor = new Visitor(runtime.origin)
  await visitor.signUp('root_1')
  await visitor.connect(upstream.baseUrl, [long, longer])
  secret = await newKey(visitor)
})

afterAll(async () => {
  await runtime?.stop()
  await upstream?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function ask(model: string): Promise<Response> {
  const response = await visitor.fetch('/v1/chat/completions', {
    body: { model, stream: true, messages: [{ role: 'user', content: 'Fast!' }] },
    headers: { authorization: `Bearer ${secret}` },
  })
  expect(response.status).toBe(200)
  return response
}

/** The text of a stream, which must be whole and, but for signs of life, hold nothing else. */
function textOf(stream: string): string {
  const frames = stream.split('\n\n').filter((frame) => frame !== '' && frame !== ': keepalive')
  expect(frames.pop()).toBe('data: [DONE]')
  const chunks = frames.map(
    (frame) => JSON.parse(frame.slice('data: '.length)) as { choices: Choice[] },
  )
  return chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')
}

interface Choice {
  delta: { content?: string }
}

const tokens = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`)

describe('a chat completion that its provider sends as fast as it can', () => {
  it('comes whole, with many others beside it', async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => ask(long)))
    const texts = await Promise.all(replies.map(async (reply) => textOf(await reply.text())))
    for (const text of texts) expect(text.trim().split(/\s+/)).toEqual(tokens(20_000))
  })

  it('waits for a reader that stops, and comes whole when it goes on', async () => {
    upstream.log.clear()
    const reader = (await ask(longer)).body!.pipeThrough(new TextDecoderStream()).getReader()
    let stream = (await reader.read()).value ?? ''
    await sleep(1_000)
    // Nobody holds the rest of it: it has not been sent.
    expect(upstream.log.calls.at(-1)).toMatchObject({ outcome: 'open' })
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      stream += piece.value
    }
    expect(textOf(stream).trim().split(/\s+/)).toEqual(tokens(200_000))
  })
})
