import { describe, expect, it } from 'vitest'
import { openai } from './openai.ts'
import { connectionOf, upstreamOf } from './play-recording.ts'

const connection = connectionOf('openai')
const listed = (body: unknown, status = 200) =>
  openai.listModels(
    connection,
    upstreamOf(() => Response.json(body, { status })),
  )

describe('a list of models', () => {
  it('is read in every shape it comes in, each model once', async () => {
    const ids = async (body: unknown) => (await listed(body)).map(({ rawId }) => rawId)
    expect(await ids({ object: 'list', data: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] })).toEqual([
      'a',
      'b',
    ])
    expect(await ids([{ id: 'a' }])).toEqual(['a'])
    expect(await ids({ models: [{ name: 'a' }, { model: 'b' }, 'c', 7, null, {}] })).toEqual([
      'a',
      'b',
      'c',
    ])
    expect(await ids({ object: 'list' })).toEqual([])
  })

  it('leaves out what no model can be called', async () => {
    const ids = ['ok', 'x'.repeat(200), 'x'.repeat(201), 'a\nb', 'a\u0000', '\ud800', ' ']
    const found = await listed({ data: ids })
    expect(found.map(({ rawId }) => rawId)).toEqual(['ok', 'x'.repeat(200), ' '])
  })

  it('says nothing of a model that the provider does not', async () => {
    expect(await listed({ data: [{ id: 'gpt-4o', object: 'model', created: 1 }] })).toEqual([
      {
        rawId: 'gpt-4o',
        label: null,
        kind: null,
        contextWindow: null,
        outputTokens: null,
        capabilities: {},
      },
    ])
  })

  it('takes the word of a router', async () => {
    const model = {
      id: 'acme/see',
      name: 'Acme: See',
      context_length: 200_000,
      architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
      supported_parameters: ['tools', 'temperature'],
      top_provider: { context_length: 160_000, max_completion_tokens: 8_000 },
    }
    expect(await listed({ data: [model] })).toEqual([
      {
        rawId: 'acme/see',
        label: 'Acme: See',
        kind: 'chat',
        contextWindow: 160_000,
        outputTokens: 8_000,
        capabilities: {
          vision: true,
          files: false,
          imageGeneration: false,
          tools: true,
          reasoning: false,
        },
      },
    ])
  })

  it.each([
    [{ max_model_len: 40_960 }, { contextWindow: 40_960 }],
    [
      { context_window: 131_072, max_completion_tokens: 32_768 },
      { contextWindow: 131_072, outputTokens: 32_768 },
    ],
    [{ context_length: 0 }, { contextWindow: null }],
    [{ type: 'embedding' }, { kind: 'embedding' }],
    [{ architecture: { output_modalities: ['embeddings'] } }, { kind: 'embedding' }],
    [
      {
        max_context_length: 9,
        capabilities: { completion_chat: true, vision: true, function_calling: false },
      },
      { kind: 'chat', contextWindow: 9, capabilities: { vision: true, tools: false } },
    ],
    [
      { supports_image_in: true, supports_reasoning: false },
      { capabilities: { vision: true, reasoning: false } },
    ],
  ])('reads %j', async (fields, expected) => {
    expect(await listed({ data: [{ id: 'm', ...fields }] })).toMatchObject([expected])
  })

  it('follows every page, whoever’s paging it is', async () => {
    const pages: Record<string, object> = {
      '': { data: [{ id: 'a' }], nextPageToken: 'two' },
      '?pageToken=two': { data: [{ id: 'b' }], has_more: true, last_id: 'b' },
      '?after_id=b&after=b': { data: [{ id: 'c' }], has_more: false, last_id: 'c' },
    }
    const upstream = upstreamOf(({ url }) => Response.json(pages[new URL(url).search]))
    const models = await openai.listModels(connection, upstream)
    expect(models.map(({ rawId }) => rawId)).toEqual(['a', 'b', 'c'])
    expect(upstream.calls[0]).toMatchObject({ url: 'https://api.example/v1/models', method: 'GET' })
  })

  it('stops where a page brings nothing new, and at 5,000 models', async () => {
    const same = upstreamOf(() =>
      Response.json({ data: [{ id: 'a' }], has_more: true, last_id: 'a' }),
    )
    expect(await openai.listModels(connection, same)).toHaveLength(1)
    expect(same.calls).toHaveLength(2)
    let next = 0
    const endless = upstreamOf(() => {
      const data = Array.from({ length: 999 }, () => ({ id: `m${next++}` }))
      return Response.json({ data, has_more: true, last_id: `m${next}` })
    })
    expect(await openai.listModels(connection, endless)).toHaveLength(5_000)
  })

  it.each([
    [401, { error: { message: 'Incorrect API key' } }, 'provider_auth'],
    [200, { error: { message: 'Incorrect API key' } }, 'provider_auth'],
    [404, { detail: 'Not Found' }, 'provider_refused'],
    [200, 'hello', 'provider_bad_reply'],
  ])('fails with what the provider says: %i %j', async (status, body, code) => {
    await expect(listed(body, status)).rejects.toMatchObject({ code })
  })

  it('names the page that came instead', async () => {
    const page = () => new Response('<html>', { headers: { 'content-type': 'text/html' } })
    await expect(openai.listModels(connection, upstreamOf(page))).rejects.toMatchObject({
      members: { provider: { message: 'text/html instead of a list of models' } },
    })
  })
})
