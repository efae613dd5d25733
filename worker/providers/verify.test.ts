import { describe, expect, it } from 'vitest'
import { openai } from './openai.ts'
import { upstreamOf, type Called } from './play-recording.ts'
import { connectionOf } from './play-recording.ts'
import { verify } from './verify.ts'

const connection = connectionOf('openai', { baseUrl: 'https://gw.example/api' })
const models = () =>
  Response.json({ data: Array.from({ length: 12 }, (_, index) => ({ id: `m${index}` })) })
const answer = () =>
  Response.json({ choices: [{ message: { content: 'H' }, finish_reason: 'length' }] })
const refuse = (status: number, message: string) => () =>
  Response.json({ error: { message } }, { status })
const notFound = refuse(404, 'Not Found')

function trying(
  answers: { list?: () => Response; chat?: () => Response; elsewhere?: () => Response },
  modelId: string | null = null,
  baseUrl: string = connection.baseUrl,
) {
  const upstream = upstreamOf(({ url }: Called) => {
    if (!url.startsWith(`${baseUrl}/models`) && !url.startsWith(`${baseUrl}/chat`)) {
      return (answers.elsewhere ?? notFound)()
    }
    return ((url.includes('/chat/') ? answers.chat : answers.list) ?? notFound)()
  })
  return { upstream, verdict: verify(openai, { ...connection, baseUrl }, upstream, modelId) }
}

describe('trying a connection', () => {
  it('counts its models and shows ten of them', async () => {
    const { verdict, upstream } = trying({ list: models })
    expect(await verdict).toEqual({
      models: 12,
      sample: ['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'm9'],
      problem: null,
      provider: null,
    })
    expect(upstream.calls).toHaveLength(1)
  })

  it('asks the model named for a single token', async () => {
    const { verdict, upstream } = trying({ list: models, chat: answer }, 'm1')
    expect((await verdict).problem).toBeNull()
    expect(upstream.calls[1]?.body).toMatchObject({ model: 'm1', max_tokens: 1 })
  })

  it('passes on the provider’s own words', async () => {
    const { verdict } = trying({ list: refuse(401, 'Incorrect API key provided') }, 'm1')
    expect(await verdict).toMatchObject({
      models: 0,
      problem: { code: 'provider_auth' },
      provider: { status: 401, message: 'Incorrect API key provided' },
    })
  })

  it('says of a missing model what the provider says of it', async () => {
    const chat = refuse(404, 'The model `m99` does not exist')
    const { verdict, upstream } = trying({ list: models, chat, elsewhere: models }, 'm99')
    expect(await verdict).toMatchObject({
      models: 12,
      problem: { code: 'provider_refused' },
      provider: { status: 404, message: 'The model `m99` does not exist' },
    })
    expect(upstream.calls).toHaveLength(2)
  })

  it('accepts a provider without a list when it answers', async () => {
    expect(await trying({ chat: answer }, 'sonar').verdict).toMatchObject({
      models: 0,
      problem: null,
    })
    const { verdict } = trying({ chat: refuse(401, 'No key') }, 'sonar')
    expect((await verdict).problem?.code).toBe('provider_auth')
  })

  it('accepts a refusal of the limit of one token', async () => {
    const chat = refuse(400, 'Could not finish: max_tokens or model output limit was reached.')
    expect((await trying({ list: models, chat }, 'o3').verdict).problem).toBeNull()
    const other = refuse(400, "'max_tokens' is not supported with this model.")
    expect((await trying({ list: models, chat: other }, 'o3').verdict).problem).not.toBeNull()
  })

  it.each([
    ['https://gw.example/api', 'https://gw.example/api/v1'],
    ['https://gw.example/api/v1', 'https://gw.example/api'],
    ['https://gw.example/v1/chat/completions', 'https://gw.example/v1'],
    ['https://gw.example/v1/responses', 'https://gw.example/v1'],
  ])('after a 404 at %s names %s', async (baseUrl, works) => {
    const { verdict } = trying({ elsewhere: models }, null, baseUrl)
    const { problem, provider } = await verdict
    expect(problem?.members.baseUrl).toBe(works)
    expect(provider).toEqual({
      status: 404,
      message: `Not Found (${works} answers as the base URL)`,
    })
  })

  it('names it too when a website answers in place of the API', async () => {
    const list = () => new Response('<html>', { headers: { 'content-type': 'text/html' } })
    const { problem } = await trying({ list, elsewhere: models }).verdict
    expect([problem?.code, problem?.members.baseUrl]).toEqual([
      'provider_bad_reply',
      'https://gw.example/api/v1',
    ])
  })

  it('names no address that does not answer', async () => {
    const { problem, provider } = await trying({}).verdict
    expect(problem?.members).not.toHaveProperty('baseUrl')
    expect(provider?.message).toBe('Not Found')
  })

  it('lets a bug through', async () => {
    const upstream = upstreamOf(() => Promise.reject(new TypeError('bug')))
    await expect(verify(openai, connection, upstream, null)).rejects.toThrow('bug')
  })
})
