import { describe, expect, it } from 'vitest'
import { ollama } from './ollama.ts'
import { connectionOf, gather, requestOf, upstreamOf } from './play-recording.ts'
import type { ProviderEvent } from './provider.ts'

const connection = connectionOf('ollama', { baseUrl: 'http://box.example:11434', apiKey: null })
const line = (message: object, more: object = {}) =>
  `${JSON.stringify({ message: { role: 'assistant', content: '', ...message }, done: false, ...more })}\n`
const done = line({}, { done: true, done_reason: 'stop' })
const lines = (...body: string[]) =>
  new Response(body.join(''), { headers: { 'content-type': 'application/x-ndjson' } })
const hello = () => lines(line({ content: 'Hello' }), done)

async function eventsOf(response: Response): Promise<ProviderEvent[]> {
  return Array.fromAsync(
    ollama.stream(
      requestOf(),
      connection,
      upstreamOf(() => response),
    ),
  )
}

describe('a call to Ollama', () => {
  it.each([
    'http://box.example:11434',
    'http://box.example:11434/',
    'http://box.example:11434/api',
    'http://box.example:11434/api/',
    'http://box.example:11434/v1',
  ])('goes to its own chat, whatever of %s was typed', async (baseUrl) => {
    const upstream = upstreamOf(hello)
    const typed = connectionOf('ollama', { baseUrl, apiKey: null })
    const { text } = await gather(ollama.stream(requestOf(), typed, upstream))
    const [call] = upstream.calls
    expect([text, call?.method, call?.url]).toEqual([
      'Hello',
      'POST',
      'http://box.example:11434/api/chat',
    ])
    expect(call?.headers.has('authorization')).toBe(false)
  })

  it('keeps the path of a proxy, and gives it the key it takes', async () => {
    const upstream = upstreamOf(hello)
    const proxy = { baseUrl: 'https://gw.example/ollama/api/?team=a', apiKey: 'a-secret-key' }
    await gather(ollama.stream(requestOf(), connectionOf('ollama', proxy), upstream))
    const [call] = upstream.calls
    expect(call?.url).toBe('https://gw.example/ollama/api/chat?team=a')
    expect(call?.headers.get('authorization')).toBe('Bearer a-secret-key')
  })

  it('asks for one piece when it wants the whole reply, and reads lines all the same', async () => {
    const whole = { message: { content: 'Hello' }, done: true, done_reason: 'stop' }
    for (const answer of [() => Response.json(whole), hello]) {
      const upstream = upstreamOf(answer)
      const got = await gather(ollama.complete(requestOf(), connection, upstream))
      expect([got.text, got.finish, upstream.calls[0]?.body?.stream]).toEqual([
        'Hello',
        'stop',
        false,
      ])
    }
  })

  it('hands on together what arrived together', async () => {
    const texts = ['a', 'b', 'c'].map((content) => line({ content }))
    expect(await eventsOf(lines(...texts, done))).toEqual([
      { type: 'content', content: 'abc' },
      { type: 'stop', reason: 'stop', raw: 'stop' },
    ])
  })

  it('carries its thinking into the next turn when it called tools, and only then', async () => {
    const thinking = [line({ thinking: 'Let me ' }), line({ thinking: 'see.' })]
    const call = line({ tool_calls: [{ function: { name: 'f', arguments: {} } }] })
    const events = await eventsOf(lines(...thinking, call, done))
    expect(events.map(({ type }) => type)).toEqual(['reasoning', 'tool-call', 'carry', 'stop'])
    expect(events[2]).toEqual({ type: 'carry', carried: { thinking: 'Let me see.' } })
    const without = await eventsOf(lines(...thinking, line({ content: 'Hi' }), done))
    expect(without.map(({ type }) => type)).toEqual(['reasoning', 'content', 'stop'])
  })

  it('mints ids for calls that have none, one each', async () => {
    const calls = [{ function: { name: 'f' } }, { function: { name: 'f' } }]
    const got = await gather(
      ollama.stream(
        requestOf(),
        connection,
        upstreamOf(() => lines(line({ tool_calls: calls }), done)),
      ),
    )
    expect(new Set(got.toolCalls.map(({ id }) => id)).size).toBe(2)
    expect(got.toolCalls.every(({ id }) => id.startsWith('call_'))).toBe(true)
  })

  it.each([
    ['"llama3.2-vision" does not support thinking', 'reasoning'],
    ['"llama3.2-vision" does not support tools', 'tools'],
    ['"deepseek-r1-tools" does not support images', 'vision'],
  ])('%s: names what the model lacks and not what it is called', async (error, capability) => {
    const body = JSON.stringify({ error })
    for (const answer of [lines(body), new Response(body, { status: 400 })]) {
      await expect(eventsOf(answer)).rejects.toMatchObject({
        code: 'model_unsuitable',
        members: { capability },
      })
    }
  })

  it('repeats the words of a line that breaks a reply, and asks for another try', async () => {
    const got = eventsOf(lines(line({ content: 'Hel' }), '{"error":"CUDA error: out of memory"}\n'))
    await expect(got).rejects.toMatchObject({
      code: 'provider_unavailable',
      members: { provider: { status: 200, message: 'CUDA error: out of memory' } },
    })
  })

  it('names the type of what came instead of lines', async () => {
    const page = new Response('<html>', { headers: { 'content-type': 'text/html; charset=utf-8' } })
    await expect(eventsOf(page)).rejects.toMatchObject({
      code: 'provider_bad_reply',
      members: { provider: { status: 200, message: 'text/html instead of lines of JSON' } },
    })
  })

  it('shows neither the key nor a header of the connection in a fault', async () => {
    const secret = { apiKey: 'a-secret-key', headers: [{ name: 'x-t', value: 'tenant-secret' }] }
    const bodies = [
      () => new Response('bad a-secret-key of tenant-secret', { status: 400 }),
      () => lines('{"error":"bad a-secret-key of tenant-secret"}\n'),
    ]
    for (const answer of bodies) {
      const reading = Array.fromAsync(
        ollama.stream(requestOf(), { ...connection, ...secret }, upstreamOf(answer)),
      )
      await expect(reading).rejects.toMatchObject({
        members: { provider: { message: 'bad *** of ***' } },
      })
    }
  })

  it('ends with the last line, whatever stays open, and closes the connection', async () => {
    let cancelled = 0
    const body = new ReadableStream<Uint8Array>({
      start: (controller) =>
        controller.enqueue(new TextEncoder().encode(line({ content: 'Hi' }) + done)),
      cancel: () => void cancelled++,
    })
    const events = await eventsOf(new Response(body))
    expect([events.at(-1)?.type, cancelled]).toEqual(['stop', 1])
  })

  it('is interrupted when the connection breaks, and lets an abort through as it is', async () => {
    const breaking = (error: unknown) => {
      let isFirst = true
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (isFirst) controller.enqueue(new TextEncoder().encode(line({ content: 'Hi' })))
          else controller.error(error)
          isFirst = false
        },
      })
    }
    await expect(eventsOf(new Response(breaking(new Error('lost'))))).rejects.toMatchObject({
      code: 'interrupted',
    })
    const abort = new DOMException('The run was cancelled.', 'AbortError')
    await expect(eventsOf(new Response(breaking(abort)))).rejects.toBe(abort)
  })
})
