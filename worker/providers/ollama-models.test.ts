import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ollama } from './ollama.ts'
import { connectionOf, upstreamOf, type Called } from './play-recording.ts'

const connection = connectionOf('ollama', { baseUrl: 'http://box.example', apiKey: 'a-secret-key' })
const tags = (...names: string[]) =>
  Response.json({ models: names.map((name) => ({ name, model: name })) })
const notFound = () => Response.json({ error: 'model not found' }, { status: 404 })

/** An Ollama with these models, each shown as told. */
function listing(names: string[], show: (model: string) => Response | Promise<Response>) {
  const upstream = upstreamOf(({ url, body }: Called) =>
    url.endsWith('/api/tags') ? tags(...names) : show(String(body?.model)),
  )
  return { upstream, models: ollama.listModels(connection, upstream) }
}

async function shown(reply: object) {
  const [model] = await listing(['m'], () => Response.json(reply)).models
  return model
}
const bare = { label: null, kind: null, contextWindow: null, outputTokens: null, capabilities: {} }

describe('the models of an Ollama', () => {
  it('are those installed, each with what it is shown to be', async () => {
    const { models, upstream } = listing(['qwen3:4b', 'nomic'], (model) =>
      Response.json(
        model === 'nomic'
          ? { capabilities: ['embedding'], model_info: { 'bert.context_length': 2_048 } }
          : {
              capabilities: ['completion', 'tools', 'thinking'],
              model_info: { 'general.architecture': 'qwen3', 'qwen3.context_length': 40_960 },
            },
      ),
    )
    expect(await models).toEqual([
      {
        ...bare,
        rawId: 'qwen3:4b',
        kind: 'chat',
        contextWindow: 40_960,
        capabilities: { vision: false, tools: true, reasoning: true },
      },
      {
        ...bare,
        rawId: 'nomic',
        kind: 'embedding',
        contextWindow: 2_048,
        capabilities: { vision: false, tools: false, reasoning: false },
      },
    ])
    expect(upstream.calls.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['GET', 'http://box.example/api/tags', null],
      ['POST', 'http://box.example/api/show', { model: 'qwen3:4b' }],
      ['POST', 'http://box.example/api/show', { model: 'nomic' }],
    ])
    expect(upstream.calls[1]?.headers.get('authorization')).toBe('Bearer a-secret-key')
  })

  it.each([
    [{ capabilities: ['completion', 'embedding'] }, { kind: 'both' }],
    [{ capabilities: ['completion', 'vision'] }, { kind: 'chat', capabilities: { vision: true } }],
    [{ capabilities: [] }, { kind: null, capabilities: { tools: false } }],
    [{}, { kind: null, capabilities: {}, contextWindow: null }],
    [{ model_info: { 'a.context_length': 0 } }, { contextWindow: null }],
    [{ model_info: { 'a.vision.context_length': 7, 'a.context_length': 9 } }, { contextWindow: 9 }],
    [
      { model_info: { 'b.context_length': 1, 'general.architecture': 'a', 'a.context_length': 9 } },
      { contextWindow: 9 },
    ],
  ])('%j is read as %j', async (reply, expected) => {
    expect(await shown(reply)).toMatchObject(expected)
  })

  it('stay in the list without details when they will not be shown', async () => {
    const { models } = listing(['a', 'b', 'c', 'd'], (model) => {
      if (model === 'a') return notFound()
      if (model === 'b') return new Response('{"broken')
      if (model === 'c') throw new DOMException('The time is up.', 'TimeoutError')
      return Response.json({ capabilities: ['completion'] })
    })
    expect(await models).toMatchObject([
      { ...bare, rawId: 'a' },
      { ...bare, rawId: 'b' },
      { ...bare, rawId: 'c' },
      { rawId: 'd', kind: 'chat' },
    ])
  })

  it('are shown eight at a time, and no more than two hundred', async () => {
    let open = 0
    let most = 0
    const names = Array.from({ length: 205 }, (_, index) => `m${index}`)
    const { models, upstream } = listing(names, async () => {
      most = Math.max(most, ++open)
      await Promise.resolve()
      await new Promise((done) => setImmediate(done))
      open--
      return Response.json({ capabilities: ['completion'] })
    })
    const kinds = (await models).map(({ kind }) => kind)
    expect(kinds).toEqual([...Array(200).fill('chat'), ...Array(5).fill(null)])
    expect([most, upstream.calls.length]).toEqual([8, 201])
  })

  it('are none where none is installed, and each once', async () => {
    expect(await listing([], notFound).models).toEqual([])
    const none = upstreamOf(() => Response.json({ models: null }))
    expect(await ollama.listModels(connection, none)).toEqual([])
    expect(await listing(['a', '', 'a'], notFound).models).toMatchObject([{ rawId: 'a' }])
  })

  it.each([
    [() => new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'text/html'],
    [() => Response.json({ ok: true }), 'other JSON'],
  ])('are not read out of something else: %#', async (answer, what) => {
    const reading = ollama.listModels(connection, upstreamOf(answer))
    await expect(reading).rejects.toMatchObject({
      code: 'provider_bad_reply',
      members: { provider: { message: `${what} instead of a list of models` } },
    })
  })

  it('let a bug through', async () => {
    const { models } = listing(['a'], () => {
      throw new TypeError('bug')
    })
    await expect(models).rejects.toThrow('bug')
  })
})

const folder = fileURLToPath(
  new URL('../../../shared/fixtures/providers/ollama/', import.meta.url).href,
)
const isPresent = existsSync(folder)
if (!isPresent) {
  console.warn('SKIPPED: recorded lists of Ollama, absent at ../shared/fixtures/providers/ollama')
}

describe.skipIf(!isPresent)('what an Ollama was recorded to say', () => {
  const recorded = (name: string) => readFileSync(`${folder}${name}.json`, 'utf8')
  const upstream = upstreamOf(({ url }) =>
    url.endsWith('/tags')
      ? new Response(recorded('tags-doc'))
      : new Response(recorded(url.endsWith('/show') ? 'show-doc-llava' : 'version-doc')),
  )

  it('is a list with one model that sees', async () => {
    expect(await ollama.listModels(connection, upstream)).toEqual([
      {
        ...bare,
        rawId: 'gemma4',
        kind: 'chat',
        contextWindow: 8_192,
        capabilities: { vision: true, tools: false, reasoning: false },
      },
    ])
  })

  it('is enough to know it by', async () => {
    await expect(ollama.probe?.(connection, upstream)).resolves.toBeUndefined()
  })
})
