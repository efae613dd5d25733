import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { anthropic } from './anthropic.ts'
import { connectionOf, requestOf, upstreamOf } from './play-recording.ts'

const connection = connectionOf('anthropic', {
  baseUrl: 'https://api.example',
  apiKey: 'a-secret-key',
})

function recording(name: string): Response {
  const body = readFileSync(`${import.meta.dirname}/recordings/anthropic/${name}`)
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

describe('the address of the messages', () => {
  it.each([
    ['https://api.anthropic.com', 'https://api.anthropic.com/v1'],
    ['https://api.anthropic.com/', 'https://api.anthropic.com/v1'],
    ['https://api.anthropic.com/v1/', 'https://api.anthropic.com/v1'],
    ['https://proxy.example/anthropic', 'https://proxy.example/anthropic/v1'],
    ['https://proxy.example/anthropic/v2', 'https://proxy.example/anthropic/v2'],
    ['https://proxy.example/v1/claude', 'https://proxy.example/v1/claude/v1'],
    ['no address', 'no address'],
  ])('of %s is %s', (given, used) => {
    expect(anthropic.baseUrlOf(given)).toBe(used)
  })
})

describe('a call for a message', () => {
  it('posts with the key in a header of its own, and says which version it speaks', async () => {
    const upstream = upstreamOf(() => recording('hello.sse'))
    await Array.fromAsync(anthropic.stream(requestOf(), connection, upstream))
    await Array.fromAsync(anthropic.complete(requestOf(), connection, upstream))
    const [streamed, whole] = upstream.calls
    expect([streamed?.method, streamed?.url]).toEqual(['POST', 'https://api.example/v1/messages'])
    expect([...(streamed?.headers ?? [])]).toEqual([
      ['accept', 'application/json, text/event-stream'],
      ['anthropic-version', '2023-06-01'],
      ['content-type', 'application/json'],
      ['x-api-key', 'a-secret-key'],
    ])
    expect([streamed?.body?.stream, whole?.body?.stream]).toEqual([true, false])
  })

  it('sends no key where there is none, and lets the connection add headers', async () => {
    const upstream = upstreamOf(() => recording('hello.sse'))
    const headers = [{ name: 'anthropic-beta', value: 'some-beta' }]
    const open = { ...connection, apiKey: null, headers }
    await Array.fromAsync(anthropic.stream(requestOf(), open, upstream))
    expect(upstream.calls[0]?.headers.has('x-api-key')).toBe(false)
    expect(upstream.calls[0]?.headers.get('anthropic-beta')).toBe('some-beta')
  })

  it.each([
    ['thinking.sse', { type: 'thinking', thinking: 'One two', signature: 'c2ln' }],
    ['message.txt', { type: 'thinking', thinking: 'One', signature: 'c2ln' }],
    ['thinking-nobody-may-read.sse', { type: 'redacted_thinking', data: 'ZGF0YQ==' }],
  ])('hands on the thinking of %s as the provider signed it', async (name, carried) => {
    const upstream = upstreamOf(() => recording(name))
    const events = await Array.fromAsync(anthropic.stream(requestOf(), connection, upstream))
    expect(events.filter(({ type }) => type === 'carry')).toEqual([{ type: 'carry', carried }])
  })

  it('hands on no thinking without a signature, which would be refused', async () => {
    const block = { type: 'thinking', thinking: 'One' }
    const message = { content: [block], stop_reason: 'end_turn' }
    const upstream = upstreamOf(() => Response.json(message))
    const events = await Array.fromAsync(anthropic.complete(requestOf(), connection, upstream))
    expect(events.map(({ type }) => type)).toEqual(['reasoning', 'stop'])
  })

  it('names the category of a refusal', async () => {
    const upstream = upstreamOf(() => recording('refusal.sse'))
    const reading = Array.fromAsync(anthropic.stream(requestOf(), connection, upstream))
    await expect(reading).rejects.toMatchObject({ members: { category: 'cyber' } })
  })

  it('shows no key in a fault', async () => {
    const upstream = upstreamOf(() => new Response('bad a-secret-key', { status: 400 }))
    const reading = Array.fromAsync(anthropic.stream(requestOf(), connection, upstream))
    await expect(reading).rejects.toMatchObject({
      code: 'provider_refused',
      members: { provider: { status: 400, message: 'bad ***' } },
    })
  })
})

describe('the list of models', () => {
  it('is read to its last page, with labels, limits and capabilities', async () => {
    const pages = [
      {
        data: [
          {
            type: 'model',
            id: 'claude-a',
            display_name: 'Claude A',
            max_input_tokens: 200_000,
            max_tokens: 64_000,
            capabilities: { image_input: { supported: true }, thinking: { supported: false } },
          },
        ],
        has_more: true,
        last_id: 'claude-a',
      },
      { data: [{ type: 'model', id: 'claude-b', display_name: '' }, {}, null], has_more: false },
    ]
    const upstream = upstreamOf(() => Response.json(pages.shift()))
    const plain = { kind: 'chat', contextWindow: null, outputTokens: null, capabilities: {} }
    expect(await anthropic.listModels(connection, upstream)).toEqual([
      {
        rawId: 'claude-a',
        label: 'Claude A',
        kind: 'chat',
        contextWindow: 200_000,
        outputTokens: 64_000,
        capabilities: { vision: true, reasoning: false },
      },
      { ...plain, rawId: 'claude-b', label: null },
    ])
    const urls = upstream.calls.map(({ url }) => new URL(url))
    expect(urls.map(({ searchParams }) => searchParams.get('after_id'))).toEqual([null, 'claude-a'])
    expect(urls[0]?.href).toBe('https://api.example/v1/models?limit=1000')
    expect(upstream.calls[1]?.headers.get('anthropic-version')).toBe('2023-06-01')
  })
})
