import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSharedFake, startSharedFake, type SharedFake } from '../../e2e/shared-fake.ts'
import type { Upstream } from '../platform/upstream.ts'
import { connectionOf, gather, optionsOf, requestOf } from './play-recording.ts'
import type { ProviderConnection, ProviderEvent, ToolDefinition, Turn } from './provider.ts'
import { providers } from './registry.ts'

const isPresent = hasSharedFake('adapters over HTTP')

let fake: SharedFake
beforeAll(async () => {
  if (isPresent) fake = await startSharedFake()
})
afterAll(() => fake?.close())

const upstream: Upstream = {
  alive: () => {},
  fetch: (url, init) => fetch(url, init),
}

/** An installation of the fake; `faults` is what goes wrong there. */
function connect(id: string, faults = ''): ProviderConnection {
  const provider = providers[id]!
  const path = provider.baseUrlDefault ? new URL(provider.baseUrlDefault).pathname : ''
  const prefix = faults === '' ? '' : `/f/${faults}`
  return connectionOf(id, {
    baseUrl: `${fake.url}${prefix}${path === '/' ? '' : path}`,
    apiKey: 'sk-anything',
    modelIds: ['fake-echo'],
  })
}

const user = (text: string): Turn => ({ role: 'user', text })
const stream = (id: string, model: string, turns: Turn[], more = {}, faults = '') =>
  providers[id]!.stream(requestOf({ model, turns, ...more }), connect(id, faults), upstream)

const weather: ToolDefinition = {
  name: 'get_weather',
  description: 'The weather at a place.',
  parameters: {
    type: 'object',
    properties: { place: { type: 'string' } },
    required: ['place'],
    additionalProperties: false,
  },
}
/** A picture of one dot. */
const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

describe.skipIf(!isPresent).each(Object.keys(providers))('%s over HTTP', (id) => {
  it('answers in text and says what it used and why it stopped', async () => {
    const got = await gather(stream(id, 'fake-echo', [user('Bonjour')]))
    expect(got).toMatchObject({ text: 'Echo: Bonjour', finish: 'stop', problem: null })
    expect(got.usage?.inputTokens).toBeGreaterThan(0)
    expect(got.usage?.outputTokens).toBeGreaterThan(0)
  })

  it('answers in one piece when no stream is asked for', async () => {
    const provider = providers[id]!
    const request = requestOf({ model: 'fake-echo', turns: [user('Bonjour')] })
    const got = await gather(provider.complete(request, connect(id), upstream))
    expect(got).toMatchObject({ text: 'Echo: Bonjour', finish: 'stop', problem: null })
  })

  it('keeps reasoning apart from the answer', async () => {
    const reasoning = { enabled: true, effort: 'low', think: null } as const
    const got = await gather(stream(id, 'fake-think', [user('Why?')], { reasoning }))
    expect(got.text).toBe('Echo: Why?')
    expect(got.reasoning).toContain('I will answer in one sentence')
  })

  it('sends a picture as it is', async () => {
    const turn: Turn = {
      role: 'user',
      text: 'What is it?',
      images: [{ mediaType: 'image/png', base64: dot }],
    }
    await fetch(`${fake.url}/__fake/log?clear=1`)
    const got = await gather(stream(id, 'fake-vision', [turn]))
    expect(got.text).toContain('What is it?')
    // Not by what it answers: it looks at pictures on some of its routes only.
    const received = await (await fetch(`${fake.url}/__fake/log`)).text()
    expect(received).toContain(dot)
  })

  it('carries a call of a tool there and its result back', async () => {
    const asked = [user('What is the weather?')]
    const events: ProviderEvent[] = []
    for await (const event of stream(id, 'fake-tools', asked, { tools: [weather] })) {
      events.push(event)
    }
    const calls = events.flatMap((event) => (event.type === 'tool-call' ? [event.call] : []))
    const carried = events.flatMap((event) => (event.type === 'carry' ? [event.carried] : []))
    expect(calls).toMatchObject([{ name: 'get_weather' }])
    expect(JSON.parse(calls[0]!.arguments)).toEqual({ place: 'text' })
    expect(events.at(-1)).toMatchObject({ type: 'stop', reason: 'tool_calls' })
    const turns: Turn[] = [
      ...asked,
      { role: 'assistant', text: '', toolCalls: calls, carried },
      { role: 'tool', callId: calls[0]!.id, name: 'get_weather', text: 'Rain, 12 degrees' },
    ]
    const got = await gather(stream(id, 'fake-tools', turns, { tools: [weather] }))
    expect(got.text).toContain('Rain, 12 degrees')
  })

  it('answers in a schema', async () => {
    const format = { type: 'json_schema', name: 'place', schema: weather.parameters } as const
    const options = optionsOf({ responseFormat: { ...format, strict: true } })
    const got = await gather(stream(id, 'fake-json', [user('Where?')], { options }))
    expect(got.problem).toBe(null)
    expect(JSON.parse(got.text)).toEqual({ place: 'text' })
  })

  it.each([
    ['fake-401', 'provider_auth'],
    ['fake-429', 'provider_rate_limited'],
    ['fake-500', 'provider_unavailable'],
  ])('says what %s means', async (model, problem) => {
    expect(await gather(stream(id, model, [user('Hi')]))).toMatchObject({ problem })
  })

  it.each([
    ['a socket that drops in the middle', 'drop=2', 'interrupted'],
    ['a body that ends in the middle', 'end=2', 'interrupted'],
    ['a web page', 'ct=text%2Fhtml,split=whole', null],
  ])('survives %s', async (_, faults, problem) => {
    const got = await gather(stream(id, 'fake-long:200', [user('Hi')], {}, faults))
    expect(got.problem).toBe(problem)
  })

  it('reads characters and events wherever they are cut', async () => {
    for (const faults of ['split=1', 'split=utf8', 'split=rand:7', 'split=crlf']) {
      const got = await gather(stream(id, 'fake-echo', [user('你好 🎉 é')], {}, faults))
      expect({ faults, text: got.text }).toEqual({ faults, text: 'Echo: 你好 🎉 é' })
    }
  })

  it('lists models, or those it was told', async () => {
    const models = await providers[id]!.listModels(connect(id), upstream)
    expect(models.map(({ rawId }) => rawId)).toContain('fake-echo')
  })
})

const all = Object.keys(providers)
const tides = { ...weather, name: 'get_tides' }

const forced = requestOf({
  model: 'fake-echo',
  tools: [weather, tides],
  options: optionsOf({ toolChoice: { name: 'get_tides' } }),
})
const forcing = all.filter((id) => !providers[id]!.unsupported?.(forced))
describe.skipIf(!isPresent).each(forcing)('%s can be made to call a tool', (id) => {
  it('and calls the one it has to', async () => {
    const got = await gather(providers[id]!.stream(forced, connect(id), upstream))
    expect(got.toolCalls).toMatchObject([{ name: 'get_tides' }])
  })
})

// The fake makes several calls in OpenAI's dialects, whatever it is told.
describe.skipIf(!isPresent).each(['ollama', 'google_genai', 'anthropic'])('%s', (id) => {
  it.each([
    [true, ['get_weather', 'get_tides']],
    [false, ['get_weather']],
  ])('makes several calls at once: %s', async (parallelToolCalls, names) => {
    const more = { tools: [weather, tides], options: optionsOf({ parallelToolCalls }) }
    const got = await gather(stream(id, 'fake-tools', [user('Call both')], more))
    expect(got.toolCalls.map(({ name }) => name)).toEqual(names)
    expect(got.finish).toBe('tool_calls')
  })
})

const embedding = all.filter((id) => providers[id]!.embed)
describe.skipIf(!isPresent).each(embedding)('%s has vectors', (id) => {
  it('and makes one of each text', async () => {
    const request = { model: 'fake-embed', inputs: ['a', 'b'], dimensions: null }
    const { vectors } = await providers[id]!.embed!(request, connect(id), upstream)
    expect(vectors.map(({ length }) => length)).toEqual([64, 64])
    expect(vectors[0]).not.toEqual(vectors[1])
  })
})
