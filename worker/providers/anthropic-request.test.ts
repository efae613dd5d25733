import { describe, expect, it } from 'vitest'
import type { Effort } from '../contract/reasoning.ts'
import { messagesBody, unsupportedByAnthropic } from './anthropic-request.ts'
import { optionsOf, requestOf } from './play-recording.ts'
import type { CallOptions, ProviderRequest } from './provider.ts'

const bodyOf = (more: Partial<ProviderRequest> = {}) => messagesBody(requestOf(more), true)
const image = { mediaType: 'image/png', base64: 'iVBORw==' } as const
const imageBlock = {
  type: 'image',
  source: { type: 'base64', media_type: 'image/png', data: 'iVBORw==' },
}
const call = { id: 'toolu_1', name: 'weather', arguments: '{"city":"Paris"}' }
const callBlock = { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Paris' } }

describe('the body of a message to be answered', () => {
  it('says no more than was decided, and the limit this API demands', () => {
    expect(bodyOf()).toEqual({
      model: 'some-model',
      max_tokens: 8192,
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
    })
  })

  it('sends system text beside the messages, limit, temperature and tools', () => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } } }
    const tools = [{ name: 'weather', description: 'Says it.', parameters }]
    const more = { system: 'Be brief.', outputTokensMax: 9, temperature: 0.5, tools }
    expect(bodyOf(more)).toEqual({
      ...bodyOf(),
      system: 'Be brief.',
      max_tokens: 9,
      temperature: 0.5,
      tools: [{ name: 'weather', description: 'Says it.', input_schema: parameters }],
    })
  })

  it('takes no temperature beyond what the API knows', () => {
    expect(bodyOf({ temperature: 2 })).toMatchObject({ temperature: 1 })
    expect(bodyOf({ temperature: 0 })).toMatchObject({ temperature: 0 })
  })

  it('lets the roles alternate', () => {
    const turns = [
      { role: 'user', text: 'a' },
      { role: 'user', text: 'b' },
      { role: 'assistant', text: 'c' },
      { role: 'assistant', text: 'd' },
      { role: 'user', text: 'e' },
    ] as const
    expect(bodyOf({ turns }).messages).toEqual([
      { role: 'user', content: 'a\n\nb' },
      { role: 'assistant', content: 'c\n\nd' },
      { role: 'user', content: 'e' },
    ])
  })

  it('sends images as base64, and no text block where there is no text', () => {
    const turns = [{ role: 'user', text: 'See', images: [image] }] as const
    expect(bodyOf({ turns }).messages).toEqual([
      { role: 'user', content: [imageBlock, { type: 'text', text: 'See' }] },
    ])
    expect(bodyOf({ turns: [{ ...turns[0], text: '' }] }).messages).toEqual([
      { role: 'user', content: [imageBlock] },
    ])
  })

  it('keeps what was said and shown in the order it was given', () => {
    const parts = [
      { type: 'text', text: 'This:' },
      { type: 'image', image },
      { type: 'text', text: 'not that:' },
      { type: 'image', image },
    ] as const
    const turn = { role: 'user', text: 'This:\nnot that:', images: [image, image], parts } as const
    const blocks = [
      { type: 'text', text: 'This:' },
      imageBlock,
      { type: 'text', text: 'not that:' },
      imageBlock,
    ]
    expect(bodyOf({ turns: [turn] }).messages).toEqual([{ role: 'user', content: blocks }])
    const after = { role: 'user', text: 'Why?' } as const
    expect(bodyOf({ turns: [turn, after] }).messages).toEqual([
      { role: 'user', content: [...blocks, { type: 'text', text: 'Why?' }] },
    ])
  })

  it('sends calls with their thinking before them, and the results of a turn together', () => {
    const thinking = { type: 'thinking', thinking: 'One', signature: 'c2ln' }
    const hidden = { type: 'redacted_thinking', data: 'ZGF0YQ==' }
    const other = { id: 'toolu_2', name: 'now', arguments: 'not JSON' }
    const foreign = { reasoning_content: 'of another kind' }
    const turns = [
      { role: 'user', text: 'Hello' },
      {
        role: 'assistant',
        text: 'Looking',
        toolCalls: [call, other],
        carried: [thinking, foreign, hidden],
      },
      { role: 'tool', callId: 'toolu_1', name: 'weather', text: 'Rain' },
      { role: 'tool', callId: 'toolu_2', name: 'now', text: 'No clock', isError: true },
      { role: 'user', text: 'Well?' },
    ] as const
    expect(bodyOf({ turns }).messages).toEqual([
      { role: 'user', content: 'Hello' },
      {
        role: 'assistant',
        content: [
          thinking,
          hidden,
          { type: 'text', text: 'Looking' },
          callBlock,
          { type: 'tool_use', id: 'toolu_2', name: 'now', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_1', content: 'Rain' },
          { type: 'tool_result', tool_use_id: 'toolu_2', content: 'No clock', is_error: true },
          { type: 'text', text: 'Well?' },
        ],
      },
    ])
  })

  it('sends no blank text beside a call', () => {
    const turns = [{ role: 'assistant', text: '\n\n', toolCalls: [call] }] as const
    expect(bodyOf({ turns }).messages).toEqual([{ role: 'assistant', content: [callBlock] }])
  })

  it('lays the sender’s own fields over it', () => {
    const custom = { body: { top_k: 5, max_tokens: 7, messages: [] } }
    expect(bodyOf({ custom })).toEqual({ ...bodyOf(), top_k: 5, max_tokens: 7 })
  })
})

const adaptive = (effort: string) => ({
  thinking: { type: 'adaptive', display: 'summarized' },
  output_config: { effort },
})
const budget = (budget_tokens: number) => ({ thinking: { type: 'enabled', budget_tokens } })
const disabled = { thinking: { type: 'disabled' } }

describe('what is asked about thinking', () => {
  it.each([
    ['claude-opus-5', null, {}],
    ['claude-opus-5', 'max', adaptive('max')],
    ['claude-sonnet-4-6', 'xhigh', adaptive('high')],
    ['claude-sonnet-4.6', 'minimal', adaptive('low')],
    ['claude-opus-4-7', 'none', disabled],
    ['claude-opus-4-7', 'off', disabled],
    ['claude-sonnet-4-5', null, {}],
    ['claude-sonnet-4-5', 'none', {}],
    ['claude-sonnet-4-5', 'off', {}],
    ['claude-sonnet-4-5-20250929', 'minimal', budget(1024)],
    ['claude-haiku-4-5', 'low', budget(2048)],
    ['claude-3-7-sonnet-latest', 'medium', budget(8192)],
    ['claude-opus-4-1', 'high', budget(16_384)],
    ['claude-opus-4-1', 'xhigh', budget(30_976)],
    ['claude-opus-4-1', 'max', budget(30_976)],
    ['claude-3-5-haiku', 'high', {}],
    ['some-model', 'high', {}],
  ] as [string, Effort | 'off' | null, object][])('%s, effort %s: %j', (model, chosen, asked) => {
    const more = { model, outputTokensMax: 32_000, ...reasoningOf(chosen) }
    expect(bodyOf(more)).toEqual({
      ...bodyOf({ model: 'm', outputTokensMax: 32_000 }),
      model,
      ...asked,
    })
  })

  it('takes an unknown model that lists levels for one that adapts', () => {
    const efforts: Effort[] = ['low', 'high']
    expect(bodyOf({ model: 'm', efforts, ...reasoningOf('max') })).toMatchObject(adaptive('high'))
    expect(bodyOf({ model: 'claude-opus-5', efforts: [], ...reasoningOf('low') })).toEqual({
      ...bodyOf({ model: 'claude-opus-5' }),
      thinking: { type: 'adaptive', display: 'summarized' },
    })
  })

  it('leaves an answer its room, and does not think where that leaves too little', () => {
    const asked = { model: 'claude-sonnet-4-5', ...reasoningOf('high') }
    expect(bodyOf(asked)).toMatchObject({ max_tokens: 8192, ...budget(7168) })
    expect(bodyOf({ ...asked, outputTokensMax: 2048 })).toMatchObject(budget(1024))
    expect(bodyOf({ ...asked, outputTokensMax: 2047 })).not.toHaveProperty('thinking')
  })

  it.each([
    ['claude-opus-5', null, false],
    ['claude-opus-5', 'off', false],
    ['claude-opus-4-6', 'high', false],
    ['claude-opus-4-6', 'off', true],
    ['claude-opus-4-6', null, true],
    ['claude-sonnet-4-5', 'high', false],
    ['claude-sonnet-4-5', null, true],
    ['some-model', 'high', true],
  ] as [string, Effort | 'off' | null, boolean][])(
    '%s with effort %s takes a temperature: %s',
    (model, chosen, takes) => {
      const body = bodyOf({ model, temperature: 0.5, ...reasoningOf(chosen) })
      expect('temperature' in body).toBe(takes)
    },
  )
})

function reasoningOf(chosen: Effort | 'off' | null): Pick<ProviderRequest, 'reasoning'> {
  const effort = chosen === 'off' ? 'high' : chosen
  return { reasoning: { enabled: chosen !== 'off', effort, think: null } }
}

describe('the options of a message to be answered', () => {
  const parameters = { type: 'object', properties: {}, additionalProperties: false }
  const tools = [{ name: 'f', description: '', parameters, strict: true }]
  const schema = { type: 'object', properties: { name: { type: 'string' } } }
  const format = { type: 'json_schema', name: 'person', schema, strict: true } as const
  const requestWith = (options: Partial<CallOptions>, more: Partial<ProviderRequest> = {}) =>
    requestOf({ tools, options: optionsOf(options), ...more })
  const bodyWith = (options: Partial<CallOptions>, more: Partial<ProviderRequest> = {}) =>
    messagesBody(requestWith(options, more), true)
  const high = reasoningOf('high')

  it('are not named where nothing is asked, or where they only tune', () => {
    const tuning = { seed: 7, presencePenalty: 1, frequencyPenalty: 1 }
    expect(bodyWith(tuning)).toEqual(bodyOf({ tools }))
  })

  it.each([
    ['auto', null, { type: 'auto' }],
    ['none', false, { type: 'none' }],
    ['required', null, { type: 'any' }],
    [{ name: 'f' }, false, { type: 'tool', name: 'f', disable_parallel_tool_use: true }],
    [null, false, { type: 'auto', disable_parallel_tool_use: true }],
    [null, true, undefined],
  ] as [CallOptions['toolChoice'], boolean | null, object | undefined][])(
    'choose tools by %o, in parallel: %s',
    (toolChoice, parallelToolCalls, choice) => {
      expect(bodyWith({ toolChoice, parallelToolCalls }).tool_choice).toEqual(choice)
      expect(bodyWith({ toolChoice, parallelToolCalls }, { tools: [] })).toEqual(bodyOf())
    },
  )

  it('say of a tool that it is strict, where a model can be held to that', () => {
    const tool = { name: 'f', input_schema: parameters }
    expect(bodyWith({}).tools).toEqual([{ ...tool, strict: true }])
    expect(bodyWith({}, { model: 'claude-opus-4-1' }).tools).toEqual([tool])
  })

  it('do not let a model think that has to call a tool', () => {
    const forced = { toolChoice: 'required' } as const
    const adaptive = { model: 'claude-opus-4-6' }
    expect(bodyWith(forced, { ...adaptive, ...high }).thinking).toEqual({ type: 'disabled' })
    expect(bodyWith(forced, adaptive)).not.toHaveProperty('thinking')
    const budgeted = { model: 'claude-sonnet-4-5', ...high, outputTokensMax: 32_000 }
    expect(bodyWith(forced, budgeted)).not.toHaveProperty('thinking')
    expect(bodyWith({ toolChoice: 'auto' }, budgeted)).toHaveProperty('thinking')
  })

  it('do not let a model think on a budget whose thinking before a call is lost', () => {
    const turns = [
      { role: 'user', text: 'Hello' },
      { role: 'assistant', text: '', toolCalls: [call] },
      { role: 'tool', callId: call.id, name: call.name, text: 'Rain' },
    ] as const
    const asked = { model: 'claude-sonnet-4-5', ...high, outputTokensMax: 32_000, tools }
    expect(bodyOf({ ...asked, turns })).not.toHaveProperty('thinking')
    const goOn = [...turns, { role: 'assistant', text: 'It rains.' }, turns[0]] as const
    expect(bodyOf({ ...asked, turns: goOn })).toHaveProperty('thinking')
    const carried = [{ type: 'thinking', thinking: 'One', signature: 'c2ln' }]
    const kept = [turns[0], { ...turns[1], carried }, turns[2]] as const
    expect(bodyOf({ ...asked, turns: kept })).toHaveProperty('thinking')
    expect(bodyOf({ ...asked, model: 'claude-opus-4-6', turns })).toHaveProperty('thinking')
  })

  it('ask for an answer in a schema beside the effort', () => {
    const output = { type: 'json_schema', schema }
    expect(bodyWith({ responseFormat: format }).output_config).toEqual({ format: output })
    const thinking = { model: 'claude-opus-4-6', ...high }
    expect(bodyWith({ responseFormat: format }, thinking).output_config).toEqual({
      effort: 'high',
      format: output,
    })
  })

  it('stop at texts, and tune by one of temperature and top_p', () => {
    expect(bodyWith({ stop: ['a'], topP: 0.5 })).toEqual({
      ...bodyOf({ tools }),
      stop_sequences: ['a'],
      top_p: 0.5,
    })
    expect(bodyWith({ topP: 0.5 }, { temperature: 0 })).not.toHaveProperty('top_p')
    expect(bodyWith({ topP: 0.5 }, { model: 'claude-opus-4-7' })).not.toHaveProperty('top_p')
  })

  it.each([
    [{ responseFormat: { type: 'json_object' } }, 'claude-opus-4-6', 'responseFormat'],
    [{ responseFormat: format }, 'claude-opus-4-6', null],
    [{ responseFormat: format }, 'claude-haiku-4-5', null],
    [{ responseFormat: format }, 'some-model', null],
    [{ responseFormat: format }, 'claude-opus-4-1-20250805', 'responseFormat'],
    [{ responseFormat: format }, 'claude-sonnet-4-20250514', 'responseFormat'],
    [{ responseFormat: format }, 'claude-3-5-haiku', 'responseFormat'],
    [{ stop: ['a', '\n'] }, 'claude-opus-4-6', 'stop'],
    [{ stop: ['a\n'], toolChoice: 'required', seed: 7 }, 'claude-opus-4-6', null],
  ] as [Partial<CallOptions>, string, keyof CallOptions | null][])(
    'with %j, %s refuses %s',
    (options, model, refused) => {
      expect(unsupportedByAnthropic(requestWith(options, { model }))).toBe(refused)
    },
  )
})
