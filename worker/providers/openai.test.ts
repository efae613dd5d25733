import { describe, expect, it } from 'vitest'
import { openai } from './openai.ts'
import { connectionOf, gather, requestOf, upstreamOf, type Called } from './play-recording.ts'
import type { ProviderConnection, ProviderEvent } from './provider.ts'

const hello =
  'data: {"choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":"stop"}]}\n\n' +
  'data: [DONE]\n\n'
const answer = () => new Response(hello, { headers: { 'content-type': 'text/event-stream' } })
const unknownOption = () =>
  Response.json({ error: { message: 'Unrecognized argument: stream_options' } }, { status: 400 })

function connection(more: Partial<ProviderConnection> = {}): ProviderConnection {
  const own = { baseUrl: 'https://api.example', apiKey: 'a-secret-key' }
  return connectionOf('openai', { ...own, ...more })
}
const asked = ({ calls }: { calls: Called[] }) => calls.map(({ body }) => body?.stream_options)

describe('a call to a chat completion', () => {
  it('posts to the address made of the one given', async () => {
    const upstream = upstreamOf(answer)
    const { text } = await gather(openai.stream(requestOf(), connection(), upstream))
    const [call] = upstream.calls
    expect({ text, url: call?.url, method: call?.method, stream: call?.body?.stream }).toEqual({
      text: 'Hello',
      url: 'https://api.example/v1/chat/completions',
      method: 'POST',
      stream: true,
    })
  })

  it.each([
    [connection(), { include_usage: true }],
    [connection({ withoutStreamOptions: true }), undefined],
    [connection({ vendor: 'mistral' }), undefined],
    [connection({ baseUrl: 'https://api.perplexity.ai' }), undefined],
  ])('asks for usage where that has to be asked for: %#', async (given, expected) => {
    const upstream = upstreamOf(answer)
    await gather(openai.stream(requestOf(), given, upstream))
    expect(asked(upstream)).toEqual([expected])
  })

  it('asks again without stream_options when they are refused, and says so first', async () => {
    const upstream = upstreamOf(({ body }) => (body?.stream_options ? unknownOption() : answer()))
    const events: ProviderEvent[] = []
    for await (const event of openai.stream(requestOf(), connection(), upstream)) events.push(event)
    expect(events.map(({ type }) => type)).toEqual(['without-stream-options', 'content', 'stop'])
    expect(asked(upstream)).toEqual([{ include_usage: true }, undefined])
  })

  it('asks again once only, and for no other refusal', async () => {
    const stubborn = upstreamOf(unknownOption)
    const got = await gather(openai.stream(requestOf(), connection(), stubborn))
    expect([got.problem, stubborn.calls.length]).toEqual(['provider_refused', 2])
    const other = upstreamOf(() => new Response('weird', { status: 400 }))
    await gather(openai.stream(requestOf(), connection(), other))
    expect(other.calls).toHaveLength(1)
  })

  it('asks for no stream when it wants the whole reply, and reads one all the same', async () => {
    const upstream = upstreamOf(answer)
    const { text } = await gather(openai.complete(requestOf(), connection(), upstream))
    expect([text, upstream.calls[0]?.body]).toMatchObject(['Hello', { stream: false }])
    expect(asked(upstream)).toEqual([undefined])
  })

  it('shows neither the key nor a header of the connection in a fault', async () => {
    const headers = [{ name: 'x-tenant', value: 'tenant-secret' }]
    const upstream = upstreamOf(
      () => new Response('bad a-secret-key of tenant-secret', { status: 400 }),
    )
    const reading = Array.fromAsync(openai.stream(requestOf(), connection({ headers }), upstream))
    await expect(reading).rejects.toMatchObject({
      members: { provider: { status: 400, message: 'bad *** of ***' } },
    })
  })

  it('reads no more of an error than it needs', async () => {
    let reads = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        reads++
        controller.enqueue(new Uint8Array(16 * 1024).fill(120))
      },
    })
    const upstream = upstreamOf(() => new Response(body, { status: 500 }))
    const got = await gather(openai.stream(requestOf(), connection(), upstream))
    expect(got.problem).toBe('provider_unavailable')
    expect(reads).toBeLessThan(10)
  })

  it('names the type of what came instead of a stream', async () => {
    const upstream = upstreamOf(
      () => new Response('<html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
    )
    const reading = Array.fromAsync(openai.stream(requestOf(), connection(), upstream))
    await expect(reading).rejects.toMatchObject({
      code: 'provider_bad_reply',
      members: { provider: { status: 200, message: 'text/html instead of an event stream' } },
    })
  })

  it.each([
    ['{"choices":[{"delta":{"content":"Hello"}}]}', 'interrupted'],
    ['{"choices":[{"delta":{"content":"Hello"},"finish_reason":"stop"}]}', null],
  ])('a connection lost after %s ends in %s', async (chunk, problem) => {
    const upstream = upstreamOf(() => breaking(`data: ${chunk}\n\n`, new Error('lost')))
    const got = await gather(openai.stream(requestOf(), connection(), upstream))
    expect([got.text, got.problem]).toEqual(['Hello', problem])
  })

  it('lets an abort through as it is', async () => {
    const abort = new DOMException('The run was cancelled.', 'AbortError')
    const upstream = upstreamOf(() => breaking('data: {}\n\n', abort))
    const reading = Array.fromAsync(openai.stream(requestOf(), connection(), upstream))
    await expect(reading).rejects.toBe(abort)
  })

  it('closes the connection when the reader leaves, and after [DONE]', async () => {
    let cancelled = 0
    const open = () =>
      new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new TextEncoder().encode(hello)),
        cancel: () => void cancelled++,
      })
    const upstream = upstreamOf(
      () => new Response(open(), { headers: { 'content-type': 'text/event-stream' } }),
    )
    for await (const event of openai.stream(requestOf(), connection(), upstream)) {
      expect(event.type).toBe('content')
      break
    }
    expect(cancelled).toBe(1)
    await gather(openai.stream(requestOf(), connection(), upstream))
    expect(cancelled).toBe(2)
  })

  it('bounds what tool calls may come to', async () => {
    const piece = JSON.stringify('x'.repeat(1_000_000))
    const delta = `{"tool_calls":[{"index":0,"function":{"name":"f","arguments":${piece}}}]}`
    const event = `data: {"choices":[{"index":0,"delta":${delta}}]}\n\n`
    const upstream = upstreamOf(
      () => new Response(event + event, { headers: { 'content-type': 'text/event-stream' } }),
    )
    const got = await gather(openai.stream(requestOf(), connection(), upstream))
    expect(got.problem).toBe('provider_bad_reply')
  })

  it('mints ids for tool calls that have none, one each', async () => {
    const body = {
      choices: [
        { message: { tool_calls: [{ function: { name: 'f' } }, { function: { name: 'f' } }] } },
      ],
    }
    const upstream = upstreamOf(() => Response.json(body))
    const { toolCalls } = await gather(openai.complete(requestOf(), connection(), upstream))
    expect(toolCalls.map(({ id }) => id.startsWith('call_'))).toEqual([true, true])
    expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(2)
  })

  it.each([
    ['reasoning_content', [{ type: 'carry', carried: { reasoning_content: 'Let me see.' } }]],
    ['reasoning', []],
  ])('carries %s into the next turn of a tool loop: %j', async (field, carried) => {
    const call = { index: 0, id: 'c1', function: { name: 'f', arguments: '{}' } }
    const thought = ['Let me ', 'see.'].map((piece) => ({ [field]: piece }))
    const read = (last: object) =>
      eventsOf([...thought, last].map((delta) => ({ choices: [{ delta }] })))
    const withCall = await read({ tool_calls: [call] })
    expect(withCall.filter(({ type }) => type === 'carry')).toEqual(carried)
    expect(withCall.at(-1)).toMatchObject({ type: 'stop', reason: 'tool_calls' })
    expect(withCall.filter(({ type }) => type === 'reasoning')).not.toEqual([])
    const withoutCall = await read({ content: 'Hi' })
    expect(withoutCall.map(({ type }) => type)).not.toContain('carry')
  })

  it('carries the reasoning of a reply in one piece too', async () => {
    const message = { reasoning_content: 'Hm.', tool_calls: [{ function: { name: 'f' } }] }
    const upstream = upstreamOf(() => Response.json({ choices: [{ message }] }))
    const events = await Array.fromAsync(openai.complete(requestOf(), connection(), upstream))
    expect(events).toContainEqual({ type: 'carry', carried: { reasoning_content: 'Hm.' } })
  })
})

function eventsOf(chunks: readonly object[]): Promise<ProviderEvent[]> {
  const body = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]']
    .map((data) => `data: ${data}\n\n`)
    .join('')
  const headers = { 'content-type': 'text/event-stream' }
  const upstream = upstreamOf(() => new Response(body, { headers }))
  return Array.fromAsync(openai.stream(requestOf(), connection(), upstream))
}

/** A body that breaks with `error` after its first words. */
function breaking(text: string, error: unknown): Response {
  let isFirst = true
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isFirst) controller.enqueue(new TextEncoder().encode(text))
      else controller.error(error)
      isFirst = false
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}
