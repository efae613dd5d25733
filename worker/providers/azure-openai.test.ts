import { describe, expect, it } from 'vitest'
import { azureOpenai } from './azure-openai.ts'
import { connectionOf, gather, requestOf, upstreamOf, type Called } from './play-recording.ts'
import type { ProviderConnection, ProviderRequest } from './provider.ts'
import { verify } from './verify.ts'

const answer = () =>
  Response.json({ choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }] })
const refuse = (status: number, error: object) => () => Response.json({ error }, { status })

function connection(more: Partial<ProviderConnection> = {}): ProviderConnection {
  const own = { baseUrl: 'https://res.openai.azure.com', apiKey: 'a-secret-key' }
  return connectionOf('azure_openai', { ...own, ...more })
}

async function called(
  request: Partial<ProviderRequest>,
  more: Partial<ProviderConnection> = {},
): Promise<Called> {
  const upstream = upstreamOf(answer)
  await gather(azureOpenai.stream(requestOf(request), connection(more), upstream))
  const [call] = upstream.calls
  if (!call) throw new Error('No call was made.')
  return call
}

describe('a call to a deployment', () => {
  it('names deployment and version in the address, and no model', async () => {
    const { url, method, body } = await called({ model: 'my gpt/4' })
    expect([url, method]).toEqual([
      'https://res.openai.azure.com/openai/deployments/my%20gpt%2F4/chat/completions?api-version=2024-10-21',
      'POST',
    ])
    expect(body).toEqual({
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
      stream_options: { include_usage: true },
    })
  })

  it('does not leave the address of the resource for a deployment called ..', async () => {
    await expect(called({ model: '..' })).rejects.toThrow('No call was made.')
  })

  it('goes to the version the connection names', async () => {
    const { url } = await called({ model: 'd' }, { azureApiVersion: '2025-01-01-preview' })
    expect(new URL(url).search).toBe('?api-version=2025-01-01-preview')
  })

  it('names the deployment as its model where there are no versions', async () => {
    const { url, body } = await called({ model: 'd' }, { azureApiVersion: 'v1' })
    expect([url, body?.model]).toEqual([
      'https://res.openai.azure.com/openai/v1/chat/completions',
      'd',
    ])
  })

  it('carries the key in its own header, and none where there is none', async () => {
    const { headers } = await called({})
    expect([headers.get('api-key'), headers.get('authorization')]).toEqual(['a-secret-key', null])
    expect((await called({}, { apiKey: null })).headers.has('api-key')).toBe(false)
  })

  it.each([
    ['gpt-5', {}, 'developer', 'max_completion_tokens'],
    ['gpt-4o', {}, 'system', 'max_tokens'],
    ['prod', { modelIds: ['other=gpt-4o', 'prod=gpt-5'] }, 'developer', 'max_completion_tokens'],
    ['prod', { modelIds: ['prod=gpt-4o'] }, 'system', 'max_tokens'],
    ['prod', {}, 'system', 'max_completion_tokens'],
    ['prod=o3', {}, 'developer', 'max_completion_tokens'],
  ])('to %s, with %j, speaks as %s and limits by %s', async (model, more, role, limit) => {
    const { url, body } = await called({ model, system: 'S', outputTokensMax: 9 }, more)
    expect(url).toContain(`/deployments/${model.replace(/=.*/, '')}/`)
    expect(body).toMatchObject({ messages: [{ role }, {}], [limit]: 9 })
    expect(Object.keys(body ?? {}).filter((name) => name.startsWith('max_'))).toEqual([limit])
  })

  it('goes by the model the request says is behind it', async () => {
    const { body } = await called({ model: 'prod', baseModel: 'gpt-5', system: 'S' })
    expect(body?.messages).toMatchObject([{ role: 'developer' }, {}])
  })

  it('asks again without stream_options where an old version refuses them', async () => {
    const upstream = upstreamOf(({ body }) =>
      body?.stream_options
        ? refuse(400, { message: 'Unrecognized request argument supplied: stream_options' })()
        : answer(),
    )
    const got = await gather(azureOpenai.stream(requestOf(), connection(), upstream))
    expect([got.text, upstream.calls.length]).toEqual(['Hi', 2])
  })

  it.each([
    [{ hate: { filtered: false }, violence: { filtered: true } }, 'violence'],
    [{ jailbreak: { filtered: true, detected: true } }, 'jailbreak'],
  ])('says what a filter objected to in the prompt: %#', async (results, category) => {
    const upstream = upstreamOf(
      refuse(400, {
        code: 'content_filter',
        message: 'The response was filtered.',
        innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: results },
      }),
    )
    const reading = Array.fromAsync(azureOpenai.stream(requestOf(), connection(), upstream))
    await expect(reading).rejects.toMatchObject({ code: 'content_blocked', members: { category } })
  })
})

describe('the address of a resource', () => {
  it.each([
    ['https://r.openai.azure.com/', 'https://r.openai.azure.com'],
    ['https://r.openai.azure.com/openai', 'https://r.openai.azure.com'],
    ['https://r.openai.azure.com/openai/v1/', 'https://r.openai.azure.com'],
    [
      'https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21',
      'https://r.openai.azure.com',
    ],
    ['https://gw.example/azure/openai/v1', 'https://gw.example/azure'],
    ['https://gw.example/openai-proxy', 'https://gw.example/openai-proxy'],
    ['https://gw.example/a?tenant=1#x', 'https://gw.example/a?tenant=1'],
    ['not an address', 'not an address'],
  ])('%s is %s', (given, expected) => {
    expect(azureOpenai.baseUrlOf(given)).toBe(expected)
  })
})

describe('the list of deployments', () => {
  const modelIds = ['emb=text-embedding-3-small', 'prod = gpt-5', 'gpt-4o', '=x', 'y=']

  it('is what the connection names, with the models behind the names', async () => {
    const upstream = upstreamOf(answer)
    const listed = await azureOpenai.listModels(connection({ modelIds }), upstream)
    expect(listed.map(({ rawId, baseModel }) => [rawId, baseModel])).toEqual([
      ['emb', 'text-embedding-3-small'],
      ['prod', 'gpt-5'],
      ['gpt-4o', null],
      ['=x', null],
      ['y=', null],
    ])
    expect(listed).toEqual(azureOpenai.modelsOf?.(modelIds))
    expect(upstream.calls).toEqual([])
  })

  it('is refused where none is named', async () => {
    const listing = azureOpenai.listModels(connection(), upstreamOf(answer))
    await expect(listing).rejects.toMatchObject({
      code: 'invalid_request',
      members: { errors: [{ path: 'modelIds' }] },
    })
  })

  it('proves nothing, so the first that chats is asked for a token', async () => {
    const upstream = upstreamOf(answer)
    const found = await verify(azureOpenai, connection({ modelIds }), upstream, null)
    expect([found.problem, found.models]).toEqual([null, 5])
    expect(upstream.calls.map(({ url, body }) => [url, body?.max_completion_tokens])).toEqual([
      [expect.stringContaining('/deployments/prod/'), 1],
    ])
  })

  it.each([
    [{ code: '404', message: 'Resource not found' }, 404, /^Resource not found \(API version 1\)$/],
    [{ code: 'BadRequest', message: 'API version not supported' }, 400, /^API version not/],
    [{ code: 'DeploymentNotFound', message: 'No such deployment.' }, 404, /^No such deployment.$/],
  ])('passes on what a trial was told: %j', async (error, status, words) => {
    const upstream = upstreamOf(refuse(status, error))
    const given = connection({ modelIds: ['d'], azureApiVersion: '1' })
    const { problem, provider } = await verify(azureOpenai, given, upstream, null)
    expect(problem?.code).toBe('provider_refused')
    expect(provider).toEqual({ status, message: expect.stringMatching(words) })
  })
})
