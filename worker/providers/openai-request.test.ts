import type { CustomRequest } from '../contract/chat.ts'
import { describe, expect, it } from 'vitest'
import type { Vendor } from '../contract/connections.ts'
import type { Effort } from '../contract/reasoning.ts'
import { chatBody } from './openai-request.ts'
import { bearer, callHeaders } from './request-headers.ts'
import { connectionOf, optionsOf, requestOf } from './play-recording.ts'
import type { CallOptions, ProviderConnection, ProviderRequest, Turn } from './provider.ts'
import { dialectOf } from './vendors.ts'

function bodyFor(vendor: Vendor, more: Partial<ProviderRequest> = {}) {
  return chatBody(requestOf(more), dialectOf({ vendor, baseUrl: 'https://x.example' }), true)
}

function connection(more: Partial<ProviderConnection> = {}): ProviderConnection {
  return connectionOf('openai', { baseUrl: 'https://x.example', ...more })
}

describe('the body of a chat completion', () => {
  it('says no more than was decided', () => {
    expect(bodyFor('other')).toEqual({
      model: 'some-model',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
    })
  })

  it('sends system text, turns as plain strings, limit and temperature', () => {
    const request = { system: 'Be brief.', outputTokensMax: 9, temperature: 0.5 }
    expect(bodyFor('openai', { ...request, model: 'gpt-4o' })).toEqual({
      model: 'gpt-4o',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
      stream: true,
      max_tokens: 9,
      temperature: 0.5,
    })
  })

  it.each([
    ['o1', true],
    ['o3-mini', true],
    ['o4-mini-2025-04-16', true],
    ['gpt-5', true],
    ['gpt-5.2-pro', true],
    ['openai/gpt-6-mini', true],
    ['ft:gpt-5-mini:acme::1', true],
    ['gpt-4o', false],
    ['gpt-4.1', false],
    ['gpt-35-turbo', false],
    ['gpt-oss-120b', false],
    ['gpt-50b-instruct', false],
    ['olmo-2', false],
  ])('%s has the newer rules: %s', (model, isNewer) => {
    const request = { model, system: 'S', outputTokensMax: 9, temperature: 0.5 }
    const body = bodyFor('openai', request)
    const older = { max_tokens: 9, temperature: 0.5 }
    expect(body).toEqual({
      model,
      messages: [
        { role: isNewer ? 'developer' : 'system', content: 'S' },
        { role: 'user', content: 'Hello' },
      ],
      stream: true,
      ...(isNewer ? { max_completion_tokens: 9 } : older),
    })
    expect(bodyFor('openrouter', request)).toMatchObject({ max_tokens: 9 })
  })

  it.each([
    ['gpt-5.1', 'none', true],
    ['gpt-5.4', 'none', true],
    ['gpt-5.1', 'low', false],
    ['gpt-5', 'none', false],
    ['o3', 'none', false],
    ['claude-opus-5', null, false],
    ['claude-sonnet-4-5', null, true],
  ] as [string, Effort | null, boolean][])(
    '%s with effort %s takes a temperature: %s',
    (model, effort, takes) => {
      const reasoning = { enabled: true, effort, think: null }
      expect('temperature' in bodyFor('other', { model, temperature: 1, reasoning })).toBe(takes)
    },
  )

  it('joins neighbours of one role only where they are refused', () => {
    const turns = [
      { role: 'user', text: 'a' },
      { role: 'user', text: 'a' },
      { role: 'assistant', text: 'b' },
    ] as const
    expect(bodyFor('other', { turns }).messages).toHaveLength(3)
    expect(bodyFor('mistral', { turns }).messages).toEqual([
      { role: 'user', content: 'a\n\na' },
      { role: 'assistant', content: 'b' },
    ])
    expect(turns[0].text).toBe('a')
  })

  it('sends pictures as data URLs behind the text, and without text alone', () => {
    const images = [
      { mediaType: 'image/png', base64: 'QUJD' },
      { mediaType: 'image/webp', base64: 'REVG' },
    ] as const
    const urls = ['data:image/png;base64,QUJD', 'data:image/webp;base64,REVG']
    const pictures = urls.map((url) => ({ type: 'image_url', image_url: { url } }))
    const turns: Turn[] = [
      { role: 'user', text: 'What is it?', images },
      { role: 'assistant', text: 'A cat.' },
      { role: 'user', text: '', images },
      { role: 'assistant', text: 'Another.' },
      { role: 'user', text: 'Thanks', images: [] },
    ]
    expect(bodyFor('other', { turns }).messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'What is it?' }, ...pictures] },
      { role: 'assistant', content: 'A cat.' },
      { role: 'user', content: pictures },
      { role: 'assistant', content: 'Another.' },
      { role: 'user', content: 'Thanks' },
    ])
  })

  it('offers tools, and none where there are none', () => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } } }
    const tool = { name: 'weather', description: 'Tells the weather.', parameters }
    expect(bodyFor('other', { tools: [tool] }).tools).toEqual([
      { type: 'function', function: tool },
    ])
    expect(bodyFor('other')).not.toHaveProperty('tools')
  })

  it('sends calls as they were made, with the reasoning that led to them, and their answers', () => {
    const call = (id: string, given: string) => ({ id, name: 'weather', arguments: given })
    const turns: Turn[] = [
      {
        role: 'assistant',
        text: '',
        toolCalls: [call('c1', '{"city":"Zürich"}'), call('c2', '{"city')],
        carried: [{ reasoning_content: 'Hm.' }],
      },
      { role: 'tool', callId: 'c1', name: 'weather', text: 'Rain.' },
      { role: 'tool', callId: 'c2', name: 'weather', text: 'No JSON.', isError: true },
      { role: 'assistant', text: 'I look.', toolCalls: [call('c3', '{}')] },
    ]
    const sent = (id: string, given: string) => ({
      id,
      type: 'function',
      function: { name: 'weather', arguments: given },
    })
    const messages = [
      {
        role: 'assistant',
        content: null,
        reasoning_content: 'Hm.',
        tool_calls: [sent('c1', '{"city":"Zürich"}'), sent('c2', '{"city')],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'Rain.' },
      { role: 'tool', tool_call_id: 'c2', content: 'No JSON.' },
      { role: 'assistant', content: 'I look.', tool_calls: [sent('c3', '{}')] },
    ]
    expect(bodyFor('other', { turns }).messages).toEqual(messages)
    // Answers of one turn are neighbours of one role too, and stay apart.
    expect(bodyFor('deepseek', { turns }).messages).toEqual(messages)
  })

  it('sends nothing carried with a turn that called no tool', () => {
    const carried = [{ reasoning_content: 'Hm.' }]
    const turns: Turn[] = [{ role: 'assistant', text: 'Hi', carried }]
    expect(bodyFor('deepseek', { turns }).messages).toEqual([{ role: 'assistant', content: 'Hi' }])
  })

  it('lays the sender’s own fields over it, save those that are not theirs', () => {
    const custom = {
      body: {
        top_k: 5,
        max_tokens: 1,
        model: 'other',
        messages: [],
        input: 1,
        contents: 1,
        stream: false,
        tools: [],
      },
    }
    const body = bodyFor('other', { custom, outputTokensMax: 9 })
    expect(body).toEqual({
      ...bodyFor('other'),
      top_k: 5,
      max_tokens: 1,
    })
  })
})

const levels: Effort[] = ['low', 'medium', 'high']

describe('what is asked about reasoning', () => {
  it.each([
    ['openai', null, levels, {}],
    ['openai', 'high', null, { reasoning_effort: 'high' }],
    ['openai', 'high', levels, { reasoning_effort: 'high' }],
    ['openai', 'max', levels, { reasoning_effort: 'high' }],
    ['openai', 'minimal', levels, { reasoning_effort: 'low' }],
    ['openai', 'none', ['none', ...levels], { reasoning_effort: 'none' }],
    ['openai', 'high', [], {}],
    ['openai', 'off', levels, {}],
    ['openai', 'off', null, {}],
    ['openai', 'off', ['none', ...levels], { reasoning_effort: 'none' }],
    ['openrouter', 'high', levels, { reasoning: { effort: 'high' } }],
    ['openrouter', null, levels, {}],
    ['deepseek', null, null, {}],
    ['deepseek', 'off', null, { thinking: { type: 'disabled' } }],
    ['deepseek', 'none', null, { thinking: { type: 'disabled' } }],
    ['deepseek', 'max', null, { thinking: { type: 'enabled' }, reasoning_effort: 'max' }],
    ['deepseek', 'xhigh', null, { thinking: { type: 'enabled' }, reasoning_effort: 'high' }],
    ['deepseek', 'low', null, { thinking: { type: 'enabled' }, reasoning_effort: 'high' }],
    ['vllm', null, null, {}],
    ['vllm', 'low', null, { chat_template_kwargs: { enable_thinking: true } }],
    ['vllm', 'off', null, { chat_template_kwargs: { enable_thinking: false } }],
    ['vllm', 'none', null, { chat_template_kwargs: { enable_thinking: false } }],
    ['groq', 'high', null, { reasoning_format: 'parsed', reasoning_effort: 'high' }],
    ['groq', null, null, {}],
  ] as [Vendor, Effort | 'off' | null, Effort[] | null, object][])(
    '%s, effort %s of %j: %j',
    (vendor, chosen, efforts, expected) => {
      const enabled = chosen !== 'off'
      const effort = chosen === 'off' ? 'high' : chosen
      const body = bodyFor(vendor, { reasoning: { enabled, effort, think: null }, efforts })
      expect(body).toEqual({ ...bodyFor(vendor), ...expected })
    },
  )
})

function requestHeaders(to = connection(), custom: CustomRequest | null = null) {
  return callHeaders(to, bearer(to), custom)
}

describe('the headers of a call', () => {
  it('carry the key as a bearer, and no key where there is none', () => {
    expect(requestHeaders(connection()).get('authorization')).toBe('Bearer key')
    expect(requestHeaders(connection({ apiKey: null })).has('authorization')).toBe(false)
  })

  it('let the connection add its own, save those of the transport', () => {
    const names = ['X-Title', 'Authorization', 'Host', 'Content-Length']
    const headers = requestHeaders(
      connection({ headers: names.map((name) => ({ name, value: 'mine' })) }),
    )
    expect([...headers].toSorted()).toEqual([
      ['accept', 'application/json, text/event-stream'],
      ['authorization', 'mine'],
      ['content-type', 'application/json'],
      ['x-title', 'mine'],
    ])
  })

  it('let the sender add none that speak for the connection', () => {
    const refused =
      'Authorization api-key X-Api-Key x-goog-api-key Cookie Set-Cookie Host Connection ' +
      'Content-Length Transfer-Encoding Accept-Encoding Proxy-Authorization Sec-Fetch-Site ' +
      'CF-Connecting-IP'
    const custom = {
      headers: [...refused.split(' '), 'X-Mine'].map((name) => ({ name, value: 'v' })),
    }
    const plain = requestHeaders(connection())
    expect([...requestHeaders(connection(), custom)]).toEqual([...plain, ['x-mine', 'v']])
  })

  it('refuse a key that no header can carry', () => {
    expect(() => requestHeaders(connection({ apiKey: 'key\nkey' }))).toThrow(
      expect.objectContaining({ code: 'connection_unusable' }),
    )
  })
})

describe('the options of a chat completion', () => {
  const tools = [{ name: 'f', description: 'Does.', parameters: { type: 'object' }, strict: true }]
  const schema = { type: 'object', properties: { name: { type: 'string' } } }
  const bodyWith = (options: Partial<CallOptions>, model = 'some-model') =>
    bodyFor('openai', { model, tools, options: optionsOf(options) })

  it('are not named where nothing is asked', () => {
    expect(bodyWith({})).toEqual(bodyFor('openai', { tools }))
  })

  it('go out in the words they came in', () => {
    const sampling = { topP: 0.5, presencePenalty: 1, frequencyPenalty: -1 }
    expect(bodyWith({ parallelToolCalls: false, stop: ['a'], seed: 7, ...sampling })).toEqual({
      ...bodyWith({}),
      parallel_tool_calls: false,
      stop: ['a'],
      seed: 7,
      top_p: 0.5,
      presence_penalty: 1,
      frequency_penalty: -1,
    })
    expect(bodyWith({}).tools).toEqual([
      {
        type: 'function',
        function: { name: 'f', description: 'Does.', parameters: { type: 'object' }, strict: true },
      },
    ])
  })

  it('choose a tool by word or by name', () => {
    expect(bodyWith({ toolChoice: 'required' }).tool_choice).toBe('required')
    expect(bodyWith({ toolChoice: { name: 'f' } }).tool_choice).toEqual({
      type: 'function',
      function: { name: 'f' },
    })
  })

  it('ask for JSON, of any kind or of a schema', () => {
    const any = { type: 'json_object' } as const
    expect(bodyWith({ responseFormat: any }).response_format).toEqual(any)
    const format = { type: 'json_schema', name: 'person', schema, strict: true } as const
    expect(bodyWith({ responseFormat: format }).response_format).toEqual({
      type: 'json_schema',
      json_schema: { name: 'person', schema, strict: true },
    })
  })

  it('tune no model that cannot be tuned', () => {
    const body = bodyWith({ topP: 0.5, presencePenalty: 1, frequencyPenalty: 1 }, 'gpt-5')
    expect(body).toEqual(bodyWith({}, 'gpt-5'))
  })
})
