import { describe, expect, it } from 'vitest'
import { openaiResponses } from './openai-responses.ts'
import { connectionOf, gather, requestOf, upstreamOf } from './play-recording.ts'
import type { ProviderEvent } from './provider.ts'

const connection = connectionOf('openai_responses', {
  baseUrl: 'https://api.example',
  apiKey: 'a-secret-key',
})
const reasoning = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'sealed' }
const bare = { type: 'reasoning', id: 'rs_2', summary: [] }

function streamOf(...events: object[]): Response {
  const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}
const hello = () =>
  streamOf(
    { type: 'response.output_text.delta', delta: 'Hello' },
    { type: 'response.completed', response: { status: 'completed' } },
  )

async function carriedIn(response: Response): Promise<unknown[]> {
  const events: ProviderEvent[] = await Array.fromAsync(
    openaiResponses.stream(
      requestOf(),
      connection,
      upstreamOf(() => response),
    ),
  )
  return events.flatMap((event) => (event.type === 'carry' ? [event.carried] : []))
}

describe('a call for a response', () => {
  it('posts to the address made of the one given, with the key as a bearer', async () => {
    const upstream = upstreamOf(hello)
    const { text } = await gather(openaiResponses.stream(requestOf(), connection, upstream))
    const [call] = upstream.calls
    expect([text, call?.url, call?.method, call?.body?.stream]).toEqual([
      'Hello',
      'https://api.example/v1/responses',
      'POST',
      true,
    ])
    expect(call?.headers.get('authorization')).toBe('Bearer a-secret-key')
    expect(call?.body).not.toHaveProperty('stream_options')
  })

  it('asks for no stream when it wants the whole reply, and reads one all the same', async () => {
    const upstream = upstreamOf(hello)
    const { text } = await gather(openaiResponses.complete(requestOf(), connection, upstream))
    expect([text, upstream.calls[0]?.body?.stream]).toEqual(['Hello', false])
  })

  it('lists the models there', async () => {
    const upstream = upstreamOf(() => Response.json({ data: [{ id: 'gpt-5' }] }))
    const models = await openaiResponses.listModels(connection, upstream)
    expect(models.map(({ rawId }) => rawId)).toEqual(['gpt-5'])
    expect(upstream.calls[0]?.url).toBe('https://api.example/v1/models')
  })

  it('does not show its key in a fault', async () => {
    const upstream = upstreamOf(() => new Response('bad a-secret-key', { status: 400 }))
    const reading = Array.fromAsync(openaiResponses.stream(requestOf(), connection, upstream))
    await expect(reading).rejects.toMatchObject({
      members: { provider: { status: 400, message: 'bad ***' } },
    })
  })
})

describe('sealed reasoning', () => {
  const end = { type: 'response.completed', response: { status: 'completed', output: [reasoning] } }

  it('is carried once, as it was when its item was done', async () => {
    const early = { ...reasoning, encrypted_content: 'half' }
    const items = [
      { type: 'response.output_item.added', output_index: 0, item: early },
      { type: 'response.output_item.done', output_index: 0, item: reasoning },
      { type: 'response.output_item.done', output_index: 1, item: bare },
    ]
    expect(await carriedIn(streamOf(...items, end))).toEqual([reasoning])
  })

  it('is carried where only the whole response tells it', async () => {
    expect(await carriedIn(streamOf(end))).toEqual([reasoning])
    const whole = Response.json({ status: 'completed', output: [bare, reasoning] })
    expect(await carriedIn(whole)).toEqual([reasoning])
  })
})
