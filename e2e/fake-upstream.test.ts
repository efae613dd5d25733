import type { FakeUpstream } from './fake-upstream.ts'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startFakeUpstream } from './fake-upstream.ts'

let upstream: FakeUpstream

beforeAll(async () => {
  upstream = await startFakeUpstream()
})
beforeEach(() => upstream.log.clear())
afterAll(() => upstream.close())

const ask = (
  model: string,
  options: { text?: string; stream?: boolean; signal?: AbortSignal } = {},
) =>
  fetch(`${upstream.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'x-call-tag': 'me' },
    body: JSON.stringify({
      model,
      stream: options.stream ?? true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: options.text ?? 'one two  three' }],
    }),
    ...(options.signal ? { signal: options.signal } : {}),
  })

async function read(model: string, text?: string) {
  const body = await (await ask(model, text ? { text } : {})).text()
  const lines = body.split('\n\n').filter(Boolean)
  const chunks = lines.flatMap((line) => {
    try {
      return [JSON.parse(line.slice('data: '.length))]
    } catch {
      return []
    }
  })
  const joined = (field: string) =>
    chunks.map((chunk) => chunk.choices?.[0]?.delta?.[field] ?? '').join('')
  return {
    lines,
    chunks,
    content: joined('content'),
    reasoning: joined('reasoning_content'),
    finish: chunks.map((chunk) => chunk.choices?.[0]?.finish_reason).find(Boolean) ?? null,
    usage: chunks.find((chunk) => chunk.usage)?.usage,
  }
}

it('repeats the last message exactly', async () => {
  expect(await read('echo')).toMatchObject({ content: 'one two  three', finish: 'stop' })
})

it('sends as many tokens as asked for, and the usage they make', async () => {
  const { content, usage, lines } = await read('tokens:3')
  expect(content).toBe('t0 t1 t2')
  expect(usage.completion_tokens).toBe(3)
  expect(lines.at(-1)).toBe('data: [DONE]')
})

it('reasons first, and combines scripts', async () => {
  expect(await read('reason:2+tokens:2')).toMatchObject({ reasoning: 'r0 r1', content: 't0 t1' })
  expect((await read('think-tags')).content).toMatch(/^<think>.*<\/think>/)
})

it('refuses with the status and the wait it was told', async () => {
  const reply = await ask('status:429:retry=2')
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '2'])
})

it('breaks in all the ways its name says', async () => {
  await expect(read('cut:2')).rejects.toThrow('terminated')
  expect(await read('error-in-stream:2')).toMatchObject({ content: 't0 t1', finish: null })
  expect(await read('no-done')).toMatchObject({ finish: null })
  expect((await read('no-done')).lines.at(-1)).not.toBe('data: [DONE]')
  expect(await read('no-finish')).toMatchObject({ finish: null })
  expect(await read('empty')).toMatchObject({ content: '', finish: 'stop' })
  const garbled = await read('garbage:1+tokens:3')
  expect(garbled.content).toBe('t0 t1 t2')
  expect(garbled.lines.some((line) => line.includes('oops'))).toBe(true)
  expect((await ask('html')).headers.get('content-type')).toBe('text/html')
})

it('answers in one piece when not asked to stream', async () => {
  const reply = await (await ask('tokens:2', { stream: false })).json()
  expect(reply).toMatchObject({ choices: [{ message: { content: 't0 t1' } }] })
})

it('notes every call, whose it was and how it ended', async () => {
  await read('tokens:5')
  const leave = new AbortController()
  const reply = await ask('stall:2', { text: 'to be left', signal: leave.signal })
  await reply.body?.getReader().read()
  leave.abort()
  await expect
    .poll(() => upstream.log.calls.map(({ outcome }) => outcome))
    .toEqual(['completed', 'aborted'])
  expect(upstream.log.about('to be left')).toMatchObject([{ tag: 'me', tokensSent: 2 }])
  const told = await (await fetch(`${upstream.origin}/log`)).json()
  expect(told).toEqual({ calls: upstream.log.calls })
})

it('plays what it was told for the next calls, whatever model they name', async () => {
  const body = JSON.stringify({ models: ['status:500', 'tokens:1'] })
  await fetch(`${upstream.origin}/next`, { method: 'POST', body })
  expect((await ask('echo')).status).toBe(500)
  expect((await read('echo')).content).toBe('t0')
  expect((await read('echo', 'again')).content).toBe('again')
})

it('serves two hundred streams at once', async () => {
  const contents = await Promise.all(Array.from({ length: 200 }, () => read('pace:1:20')))
  expect(new Set(contents.map(({ content }) => content)).size).toBe(1)
})
