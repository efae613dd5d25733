import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasOpenAiContract, loadOpenAiContract } from '../../../e2e/openai-contract.ts'
import { hasSharedFake, startSharedFake, type SharedFake } from '../../../e2e/shared-fake.ts'
import type { Upstream } from '../../platform/upstream.ts'
import { connectionOf } from '../../providers/play-recording.ts'
import type { Provider, ProviderEvent } from '../../providers/provider.ts'
import { providers } from '../../providers/registry.ts'
import { ChatBody } from './chat-body.ts'
import { checkBody } from '../check-body.ts'
import { fromChat } from './from-chat.ts'
import { ChatChunks, ChatCompletion } from './to-chat.ts'

const isPresent = hasSharedFake('chat completions over HTTP')
const contract = hasOpenAiContract('chat completions by the published schemas')
  ? await loadOpenAiContract()
  : null
const translated = Object.values(providers).filter(({ passes }) => !passes?.chat)

let fake: SharedFake
beforeAll(async () => {
  if (isPresent) fake = await startSharedFake()
})
afterAll(() => fake?.close())

const upstream: Upstream = { alive: () => {}, fetch: (url, init) => fetch(url, init) }
const head = { id: 'chatcmpl-1', created: 1_700_000_000, model: 'acme/model' }

interface Message {
  content: string | null
  reasoning_content?: string
  tool_calls?: { id: string; function: { name: string; arguments: string } }[]
}
interface Completion {
  choices: [{ message: Message; finish_reason: string }]
  usage: { prompt_tokens: number; completion_tokens: number }
}

function events(provider: Provider, given: object, isStreamed: boolean) {
  const body = checkBody(ChatBody, { model: 'fake-echo', ...given })
  const path = new URL(provider.baseUrlDefault ?? '').pathname
  const baseUrl = `${fake.url}${path === '/' ? '' : path}`
  const connection = connectionOf(provider.id, { baseUrl, apiKey: 'sk-anything' })
  const facts = { baseModel: null, contextWindow: 32_768, outputTokens: null, efforts: null }
  const request = fromChat(body, { rawId: body.model, ...facts }, new Map())
  return (isStreamed ? provider.stream : provider.complete)(request, connection, upstream)
}

/** What the caller gets in one piece; valid by the published schema. */
async function complete(provider: Provider, given: object): Promise<Completion> {
  const completion = new ChatCompletion(head)
  for await (const event of events(provider, given, false)) completion.take(event)
  const body = completion.body() as Completion
  expect(contract?.compile('chat-completion-response')(body) ?? []).toEqual([])
  return body
}

/** What the caller gets as a stream; valid by the published schema and its rules. */
async function stream(provider: Provider, given: object): Promise<string> {
  const chunks = new ChatChunks(head, { includeUsage: true })
  const frames: string[] = []
  const source: AsyncIterable<ProviderEvent> = events(provider, given, true)
  for await (const event of source) frames.push(chunks.take(event))
  const text = [...frames, chunks.end()].join('')
  expect(contract?.validateSse('chat-completion-chunk', text) ?? []).toEqual([])
  expect(contract?.streamRules(text, { includeUsage: true }) ?? []).toEqual([])
  return text
}

const ask = (content: unknown) => ({ role: 'user', content })
const parameters = {
  type: 'object',
  properties: { place: { type: 'string' } },
  required: ['place'],
  additionalProperties: false,
}
const weather = { type: 'function', function: { name: 'get_weather', parameters, strict: true } }
const tides = { type: 'function', function: { name: 'get_tides', parameters } }
const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

describe.skipIf(!isPresent).each(translated)('$id behind a chat completion', (provider) => {
  it('answers in one piece and as a stream, and says what it used', async () => {
    const messages = [{ role: 'developer', content: 'Be brief.' }, ask('Bonjour 🎉')]
    const { choices, usage } = await complete(provider, { messages })
    expect(choices[0]).toMatchObject({
      message: { content: 'Echo: Bonjour 🎉' },
      finish_reason: 'stop',
    })
    expect(Math.min(usage.prompt_tokens, usage.completion_tokens)).toBeGreaterThan(0)
    expect(await stream(provider, { messages })).toContain('"finish_reason":"stop"')
  })

  it('calls tools at once, takes their results, and answers', async () => {
    const tools = [weather, tides]
    const asked = { model: 'fake-tools', tools, messages: [ask('Call both')] }
    const { choices } = await complete(provider, asked)
    const [{ message, finish_reason: finish }] = choices
    const calls = message.tool_calls ?? []
    expect([finish, ...calls.map((call) => call.function.name)]).toEqual([
      'tool_calls',
      'get_weather',
      'get_tides',
    ])
    expect(calls.map((call) => JSON.parse(call.function.arguments))).toEqual([
      { place: 'text' },
      { place: 'text' },
    ])
    const results = calls.map(({ id }) => ({ role: 'tool', tool_call_id: id, content: 'Rain' }))
    const goOn = { ...asked, messages: [...asked.messages, message, ...results] }
    expect((await complete(provider, goOn)).choices[0].message.content).toContain('Rain')
    expect(await stream(provider, asked)).toContain('"finish_reason":"tool_calls"')
  })

  it('keeps its reasoning apart, also when a tool has answered', async () => {
    const asked = { model: 'fake-think', reasoning_effort: 'low', messages: [ask('Why?')] }
    const { choices } = await complete(provider, asked)
    expect(choices[0].message).toMatchObject({
      content: 'Echo: Why?',
      reasoning_content: expect.stringContaining('one sentence'),
    })
    const call = {
      id: 'call_1',
      type: 'function',
      function: { name: 'get_weather', arguments: '{}' },
    }
    const messages = [
      ask('Why?'),
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_1', content: 'Rain' },
    ]
    const after = await complete(provider, { ...asked, tools: [weather], messages })
    expect(after.choices[0].message.content).toContain('Rain')
  })

  it('sees pictures and answers in a schema', async () => {
    const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${dot}` } }
    await fetch(`${fake.url}/__fake/log?clear=1`)
    await complete(provider, {
      model: 'fake-vision',
      messages: [ask([{ type: 'text', text: 'What is it?' }, picture])],
    })
    expect(await (await fetch(`${fake.url}/__fake/log`)).text()).toContain(dot)
    const schema = { name: 'place', schema: parameters, strict: true }
    const { choices } = await complete(provider, {
      messages: [ask('Where?')],
      response_format: { type: 'json_schema', json_schema: schema },
    })
    expect(JSON.parse(choices[0].message.content ?? '')).toEqual({ place: 'text' })
  })

  it('stops at its limit', async () => {
    const asked = { model: 'fake-long:100', messages: [ask('Hi')], max_completion_tokens: 5 }
    expect((await complete(provider, asked)).choices[0].finish_reason).toBe('length')
  })
})
