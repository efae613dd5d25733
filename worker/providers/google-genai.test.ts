import { describe, expect, it } from 'vitest'
import { googleGenai } from './google-genai.ts'
import { connectionOf, gather, requestOf, upstreamOf } from './play-recording.ts'
import type { ProviderEvent } from './provider.ts'

const connection = connectionOf('google_genai', {
  baseUrl: 'https://api.example',
  apiKey: 'a-secret-key',
})

const candidateOf = (...parts: object[]) => ({
  candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }],
})
const hello = candidateOf({ text: 'Hello' })

function eventsOf(body: object): Promise<ProviderEvent[]> {
  const upstream = upstreamOf(() => Response.json(body))
  return Array.fromAsync(googleGenai.complete(requestOf(), connection, upstream))
}

describe('the address of the API', () => {
  it.each([
    [
      'https://generativelanguage.googleapis.com',
      'https://generativelanguage.googleapis.com/v1beta',
    ],
    ['https://api.example/v1beta/', 'https://api.example/v1beta'],
    ['https://api.example/v1', 'https://api.example/v1'],
    ['https://api.example/v1alpha', 'https://api.example/v1alpha'],
    ['https://api.example/v1beta1', 'https://api.example/v1beta1'],
    ['https://api.example/gemini', 'https://api.example/gemini/v1beta'],
  ])('of %s is %s', (given, used) => {
    expect(googleGenai.baseUrlOf(given)).toBe(used)
  })
})

describe('a call for content', () => {
  it.each([
    ['gemini-3-pro', 'models/gemini-3-pro'],
    ['models/gemini-3-pro', 'models/gemini-3-pro'],
    ['tunedModels/my-own', 'tunedModels/my-own'],
    ['a?b#c', 'models/a%3Fb%23c'],
  ])('to %s posts to %s, streamed or not', async (model, path) => {
    const upstream = upstreamOf(() => Response.json(hello))
    await gather(googleGenai.stream(requestOf({ model }), connection, upstream))
    await gather(googleGenai.complete(requestOf({ model }), connection, upstream))
    expect(upstream.calls.map(({ method, url }) => [method, url])).toEqual([
      ['POST', `https://api.example/v1beta/${path}:streamGenerateContent?alt=sse`],
      ['POST', `https://api.example/v1beta/${path}:generateContent`],
    ])
  })

  it.each(['../../other', 'tunedModels/./x'])(
    'does not leave the address of the API for a model called %s',
    async (model) => {
      const upstream = upstreamOf(() => Response.json(hello))
      const got = await gather(googleGenai.stream(requestOf({ model }), connection, upstream))
      expect(got.problem).toBe('model_not_found')
      expect(upstream.calls).toEqual([])
    },
  )

  it('sends the key in a header of its own, and none where there is none', async () => {
    const upstream = upstreamOf(() => Response.json(hello))
    await gather(googleGenai.stream(requestOf(), connection, upstream))
    await gather(googleGenai.stream(requestOf(), { ...connection, apiKey: null }, upstream))
    const [first, second] = upstream.calls.map(({ headers }) => [...headers])
    expect(first).toEqual([
      ['accept', 'application/json, text/event-stream'],
      ['content-type', 'application/json'],
      ['x-goog-api-key', 'a-secret-key'],
    ])
    expect(second).toEqual(first?.slice(0, 2))
  })

  it('mints ids for calls that have none, and carries signatures with the calls they sign', async () => {
    const functionCall = { name: 'f', args: {} }
    const events = await eventsOf(
      candidateOf(
        { text: 'One', thoughtSignature: 'dGV4dA==' },
        { functionCall, thoughtSignature: 'c2ln' },
        { functionCall },
      ),
    )
    const ids = events.flatMap((event) => (event.type === 'tool-call' ? [event.call.id] : []))
    expect(new Set(ids).size).toBe(2)
    expect(ids.every((id) => id.startsWith('call_'))).toBe(true)
    expect(events.filter(({ type }) => type === 'carry')).toEqual([
      { type: 'carry', carried: { callId: null, thoughtSignature: 'dGV4dA==' } },
      { type: 'carry', carried: { callId: ids[0], thoughtSignature: 'c2ln' } },
    ])
  })

  it.each([
    [{ promptFeedback: { blockReason: 'BLOCKLIST' } }, 'BLOCKLIST'],
    [{ candidates: [{ finishReason: 'SAFETY' }] }, 'SAFETY'],
    [
      {
        candidates: [
          {
            finishReason: 'SAFETY',
            safetyRatings: [
              { category: 'HARM_CATEGORY_HARASSMENT', probability: 'LOW' },
              { category: 'HARM_CATEGORY_HATE_SPEECH', blocked: true },
            ],
          },
        ],
      },
      'HARM_CATEGORY_HATE_SPEECH',
    ],
  ])('names the category of %j', async (body, category) => {
    const blocked = { code: 'content_blocked', members: { category } }
    await expect(eventsOf(body)).rejects.toMatchObject(blocked)
  })

  it('shows no key in a fault', async () => {
    const upstream = upstreamOf(() => new Response('bad a-secret-key', { status: 400 }))
    const reading = Array.fromAsync(googleGenai.stream(requestOf(), connection, upstream))
    await expect(reading).rejects.toMatchObject({
      members: { provider: { status: 400, message: 'bad ***' } },
    })
  })
})

it('repeats neither where it leads nor its secrets, however they are written', async () => {
  const secret = 'a+b/c "d" = e'
  const own = { ...connection, apiKey: secret, baseUrl: 'https://in.corp.example/x/v1?code=q-code' }
  const said = [encodeURIComponent(secret), btoa(secret), own.baseUrl, 'in.corp.example', 'q-code']
  const upstream = upstreamOf(() => new Response(`No: ${said.join(' ')}.`, { status: 400 }))
  const reading = Array.fromAsync(googleGenai.stream(requestOf(), own, upstream))
  await expect(reading).rejects.toMatchObject({
    members: { provider: { message: 'No: *** *** ****** *** ***.' } },
  })
})

describe('the list of models', () => {
  it('is read to its last page, without what neither chats nor embeds', async () => {
    const methods = (...supportedGenerationMethods: string[]) => ({ supportedGenerationMethods })
    const pages = [
      {
        models: [
          {
            name: 'models/gemini-a',
            displayName: 'Gemini A',
            inputTokenLimit: 1_048_576,
            outputTokenLimit: 65_536,
            thinking: true,
            ...methods('generateContent', 'countTokens'),
          },
          { name: 'models/embed-b', displayName: 'embed-b', ...methods('embedContent') },
          { name: 'models/video-c', ...methods('predictLongRunning') },
        ],
        nextPageToken: 'more',
      },
      {
        models: [
          { name: 'models/both-d', ...methods('embedContent', 'generateContent') },
          { name: 'models/unknown-e' },
          {},
        ],
      },
    ]
    const upstream = upstreamOf(() => Response.json(pages.shift()))
    const plain = { label: null, contextWindow: null, outputTokens: null, capabilities: {} }
    expect(await googleGenai.listModels(connection, upstream)).toEqual([
      {
        rawId: 'gemini-a',
        label: 'Gemini A',
        kind: 'chat',
        contextWindow: 1_048_576,
        outputTokens: 65_536,
        capabilities: { reasoning: true },
      },
      { ...plain, rawId: 'embed-b', kind: 'embedding' },
      { ...plain, rawId: 'both-d', kind: 'both' },
      { ...plain, rawId: 'unknown-e', kind: null },
    ])
    expect(upstream.calls.map(({ url }) => url)).toEqual([
      'https://api.example/v1beta/models?pageSize=1000',
      'https://api.example/v1beta/models?pageSize=1000&pageToken=more',
    ])
    expect(upstream.calls[1]?.headers.get('x-goog-api-key')).toBe('a-secret-key')
  })
})
