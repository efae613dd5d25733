import { describe, expect, it } from 'vitest'
import type { Effort, Think } from '../contract/reasoning.ts'
import { ollamaBody, unsupportedByOllama } from './ollama-request.ts'
import { optionsOf, requestOf } from './play-recording.ts'
import type { CallOptions, ProviderRequest, Turn } from './provider.ts'

const bodyFor = (more: Partial<ProviderRequest> = {}, numCtx: number | null = null) =>
  ollamaBody(requestOf(more), { numCtx }, true)
const messagesOf = (...turns: Turn[]) => bodyFor({ turns }).messages

describe('the body of a chat with Ollama', () => {
  it('says no more than was decided', () => {
    expect(bodyFor()).toEqual({
      model: 'some-model',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
      options: { num_ctx: 8_192 },
    })
  })

  it('sends system text, limit and temperature, and that no stream is wanted', () => {
    const request = requestOf({ system: 'Be brief.', outputTokensMax: 9, temperature: 0 })
    expect(ollamaBody(request, { numCtx: null }, false)).toEqual({
      model: 'some-model',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
      stream: false,
      options: { num_ctx: 8_192, num_predict: 9, temperature: 0 },
    })
  })

  it.each([
    [310, null, 131_072, 8_192],
    [4_096, null, 131_072, 8_192],
    [4_097, null, 131_072, 16_384],
    [12_000, 4_096, 131_072, 16_384],
    [12_289, 4_096, 131_072, 32_768],
    [7_000, 1_192, 131_072, 8_192],
    [100_000, 65_536, 131_072, 131_072],
    [30_000, 32_768, 40_960, 40_960],
    [6_000, 8_192, 8_192, 8_192],
    [6_200, 8_192, 8_192, 8_192],
    [310, null, 4_096, 4_096],
    [9_000, null, 4_096, 4_096],
  ])(
    'for %i tokens of prompt and a limit of %s, of %i, loads the model with %i',
    (promptTokens, outputTokensMax, contextWindow, expected) => {
      const { options } = bodyFor({ promptTokens, outputTokensMax, contextWindow })
      expect(options).toMatchObject({ num_ctx: expected })
    },
  )

  it('loads it with what the connection says, whatever that is', () => {
    const request = { promptTokens: 20_000, contextWindow: 131_072 }
    expect(bodyFor(request, 2_048).options).toEqual({ num_ctx: 2_048 })
  })

  it('sends pictures beside the text, without a data URL around them', () => {
    const images = [
      { mediaType: 'image/png', base64: 'QUJD' },
      { mediaType: 'image/webp', base64: 'REVG' },
    ] as const
    expect(messagesOf({ role: 'user', text: '', images })).toEqual([
      { role: 'user', content: '', images: ['QUJD', 'REVG'] },
    ])
    expect(messagesOf({ role: 'user', text: 'a', images: [] })).toEqual([
      { role: 'user', content: 'a' },
    ])
  })

  it('offers tools, and none where there are none', () => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } } }
    const tool = { name: 'weather', description: 'Tells the weather.', parameters }
    expect(bodyFor({ tools: [tool] }).tools).toEqual([{ type: 'function', function: tool }])
    expect(bodyFor()).not.toHaveProperty('tools')
  })

  it('sends calls with their arguments as objects, and what the tools answered by name', () => {
    const call = (id: string, given: string) => ({ id, name: 'weather', arguments: given })
    const turns: Turn[] = [
      {
        role: 'assistant',
        text: 'I look.',
        toolCalls: [call('c1', '{"city":"Zürich"}'), call('c2', ''), call('c3', '[1')],
        carried: [{ thinking: 'Hm.' }],
      },
      { role: 'tool', callId: 'c1', name: 'weather', text: 'Rain.' },
    ]
    const sent = (id: string, given: object) => ({
      id,
      function: { name: 'weather', arguments: given },
    })
    expect(messagesOf(...turns)).toEqual([
      {
        role: 'assistant',
        content: 'I look.',
        thinking: 'Hm.',
        tool_calls: [sent('c1', { city: 'Zürich' }), sent('c2', {}), sent('c3', {})],
      },
      { role: 'tool', tool_name: 'weather', tool_call_id: 'c1', content: 'Rain.' },
    ])
  })

  it('sends nothing carried with a turn that called no tool', () => {
    const turn: Turn = { role: 'assistant', text: 'Hi', carried: [{ thinking: 'Hm.' }] }
    expect(messagesOf(turn)).toEqual([{ role: 'assistant', content: 'Hi' }])
  })

  it('lays the sender’s own fields and options over it, save those that are not theirs', () => {
    const body = { keep_alive: '1h', options: { top_k: 5, num_ctx: 99 }, model: 'x', stream: false }
    expect(bodyFor({ custom: { body }, temperature: 1 })).toEqual({
      ...bodyFor(),
      keep_alive: '1h',
      options: { num_ctx: 99, temperature: 1, top_k: 5 },
    })
  })
})

describe('what Ollama is asked about thinking', () => {
  const nothing = undefined
  it.each([
    [null, null, nothing, nothing],
    ['off', null, false, 'low'],
    ['on', null, true, true],
    ['low', null, true, 'low'],
    ['medium', null, true, 'medium'],
    ['high', null, true, 'high'],
    ['max', null, true, 'high'],
    [null, 'none', false, 'low'],
    [null, 'minimal', true, 'low'],
    [null, 'low', true, 'low'],
    [null, 'medium', true, 'medium'],
    [null, 'high', true, 'high'],
    [null, 'xhigh', true, 'high'],
    [null, 'max', true, 'high'],
    ['low', 'high', true, 'low'],
    ['off', 'high', false, 'low'],
  ] as [Think | null, Effort | null, unknown, unknown][])(
    'think %s, effort %s: %s, and %s of a model with levels',
    (think, effort, plain, withLevels) => {
      const reasoning = { enabled: true, effort, think }
      expect(bodyFor({ model: 'qwen3:4b', reasoning }).think).toBe(plain)
      expect(bodyFor({ model: 'gpt-oss:20b', reasoning }).think).toBe(withLevels)
      expect('think' in bodyFor({ reasoning })).toBe(plain !== nothing)
    },
  )

  it('nothing of the kind when it is off, of which gpt-oss can be told nothing', () => {
    const reasoning = { enabled: false, effort: 'high', think: 'on' } as const
    expect(bodyFor({ model: 'qwen3', reasoning }).think).toBe(false)
    expect(bodyFor({ model: 'someone/gpt-oss:20b', reasoning })).not.toHaveProperty('think')
  })
})

describe('the options of a call to Ollama', () => {
  const tools = [{ name: 'f', description: 'Does.', parameters: { type: 'object' }, strict: true }]
  const schema = { type: 'object', properties: { name: { type: 'string' } } }
  const requestWith = (options: Partial<CallOptions>) =>
    requestOf({ tools, options: optionsOf(options) })
  const bodyWith = (options: Partial<CallOptions>) =>
    ollamaBody(requestWith(options), { numCtx: null }, true)

  it('are not named where nothing is asked', () => {
    expect(bodyWith({ toolChoice: 'auto', parallelToolCalls: false })).toEqual(bodyFor({ tools }))
  })

  it('stand among those of the model', () => {
    const sampling = { topP: 0.5, presencePenalty: 1, frequencyPenalty: -1 }
    expect(bodyWith({ stop: ['a'], seed: 7, ...sampling }).options).toEqual({
      num_ctx: 8_192,
      stop: ['a'],
      seed: 7,
      top_p: 0.5,
      presence_penalty: 1,
      frequency_penalty: -1,
    })
  })

  it('ask for JSON, of any kind or of a schema', () => {
    expect(bodyWith({ responseFormat: { type: 'json_object' } }).format).toBe('json')
    const format = { type: 'json_schema', name: 'person', schema, strict: true } as const
    expect(bodyWith({ responseFormat: format }).format).toEqual(schema)
  })

  it('forbid tools by not showing them', () => {
    expect(bodyWith({ toolChoice: 'none' })).not.toHaveProperty('tools')
  })

  it('cannot demand a call', () => {
    expect(unsupportedByOllama(requestWith({ toolChoice: 'required' }))).toBe('toolChoice')
    expect(unsupportedByOllama(requestWith({ toolChoice: { name: 'f' } }))).toBe('toolChoice')
    expect(unsupportedByOllama(requestWith({ toolChoice: 'auto', stop: ['a'] }))).toBe(null)
    expect(unsupportedByOllama(requestOf())).toBe(null)
  })
})
