import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ProviderId } from '../contract/connections.ts'
import { connectionOf, upstreamOf, type Called } from './play-recording.ts'
import type { EmbeddingRequest } from './provider.ts'
import { providerFor } from './registry.ts'

const requestFor = (inputs: string[], dimensions: number | null = null): EmbeddingRequest => ({
  model: 'some-model',
  inputs,
  dimensions,
})

async function embed(
  id: ProviderId,
  request: EmbeddingRequest,
  answer: (called: Called) => Response,
) {
  const upstream = upstreamOf(answer)
  const embedded = await providerFor(id).embed!(request, connectionOf(id), upstream)
  return { ...embedded, calls: upstream.calls }
}

describe('embeddings of Ollama', () => {
  const reply = { embeddings: [[0.1], [0.2]], prompt_eval_count: 9 }

  it('are had in one call, with what they took', async () => {
    const { calls, ...got } = await embed('ollama', requestFor(['a', 'b']), () =>
      Response.json(reply),
    )
    expect(calls).toMatchObject([
      { url: 'https://api.example/api/embed', body: { model: 'some-model', input: ['a', 'b'] } },
    ])
    expect(got.vectors).toEqual([[0.1], [0.2]])
    expect(got.usage).toMatchObject({ inputTokens: 9, outputTokens: 0, totalTokens: 9 })
  })

  it('are asked for in a length, and refused in another', async () => {
    const asked = embed('ollama', requestFor(['a', 'b'], 2), ({ body }) => {
      expect(body).toMatchObject({ dimensions: 2 })
      return Response.json(reply)
    })
    await expect(asked).rejects.toMatchObject({
      code: 'model_unsuitable',
      members: { parameter: 'dimensions' },
    })
  })

  it.each([
    ['fewer than texts', { embeddings: [[0.1]] }],
    ['none', {}],
    ['something else', { embeddings: ['x', 'y'] }],
  ])('are unreadable when there is %s', async (_, body) => {
    const asked = embed('ollama', requestFor(['a', 'b']), () => Response.json(body))
    await expect(asked).rejects.toMatchObject({ code: 'provider_bad_reply' })
  })

  it('fail with the words of the server', async () => {
    const error = '"llama3" does not support embeddings'
    const asked = embed('ollama', requestFor(['a']), () =>
      Response.json({ error }, { status: 501 }),
    )
    await expect(asked).rejects.toMatchObject({ members: { provider: { message: error } } })
  })
})

describe('embeddings of Google', () => {
  const answer = ({ body }: Called) => {
    const texts = (body!.requests as { content: { parts: [{ text: string }] } }[]).map(
      ({ content }) => Number(content.parts[0].text),
    )
    const usageMetadata = { promptTokenCount: texts.length }
    return Response.json({ embeddings: texts.map((text) => ({ values: [text] })), usageMetadata })
  }

  it('are had a hundred at a time, and stay in order', async () => {
    const inputs = Array.from({ length: 201 }, (_, index) => String(index))
    const { vectors, usage, calls } = await embed('google_genai', requestFor(inputs), answer)
    expect(vectors).toEqual(inputs.map((text) => [Number(text)]))
    expect(usage).toMatchObject({ inputTokens: 201, totalTokens: 201 })
    expect(calls.map(({ url }) => url)).toEqual(
      Array(3).fill('https://api.example/v1/models/some-model:batchEmbedContents'),
    )
  })

  it('are asked for each by itself, in the length that is wanted', async () => {
    const { calls } = await embed('google_genai', requestFor(['7'], 1), answer)
    expect(calls[0]!.body).toEqual({
      requests: [
        {
          model: 'models/some-model',
          content: { parts: [{ text: '7' }] },
          outputDimensionality: 1,
        },
      ],
    })
    expect(calls[0]!.headers.get('x-goog-api-key')).toBe('key')
  })

  it('cost nobody knows what where nothing is told', async () => {
    const { usage } = await embed('google_genai', requestFor(['7']), () =>
      Response.json({ embeddings: [{ values: [1] }] }),
    )
    expect(usage).toBe(null)
  })
})

const recorded = {
  ollama: 'ollama/ollama-embed-langchaingo-testcreateembedding-1',
  google_genai:
    'google/gemini-embed-rubyllm-i-gemini-embedding-001-can-handle-a-single-text-with-custom-dimensions',
}
const folder = fileURLToPath(new URL('../../../shared/fixtures/providers/', import.meta.url).href)
const isPresent = existsSync(folder)
if (!isPresent) console.warn('SKIPPED: recorded embeddings, absent at ../shared/fixtures/providers')

describe.skipIf(!isPresent).each(Object.entries(recorded))('recorded for %s', (id, file) => {
  it('come as they were sent', async () => {
    const expected = JSON.parse(readFileSync(`${folder}${file}.expected.json`, 'utf8'))
    const body = readFileSync(`${folder}${file}.json`, 'utf8')
    const request = requestFor(Array(expected.count).fill('text'), expected.dimensions)
    const { vectors } = await embed(id as ProviderId, request, () => new Response(body))
    expect(vectors.map(({ length }) => length)).toEqual(
      Array(expected.count).fill(expected.dimensions),
    )
  })
})
