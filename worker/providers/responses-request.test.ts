import { describe, expect, it } from 'vitest'
import type { Effort } from '../contract/reasoning.ts'
import { optionsOf, requestOf } from './play-recording.ts'
import type { CallOptions, ProviderRequest, Turn } from './provider.ts'
import { responsesBody, unsupportedByResponses } from './responses-request.ts'
import { dialectOf } from './vendors.ts'

const tool = { name: 'f', description: 'Does.', parameters: { type: 'object' } }

function bodyFor(more: Partial<ProviderRequest> = {}, baseUrl = 'https://x.example') {
  return responsesBody(requestOf(more), dialectOf({ vendor: 'auto', baseUrl }), true)
}
const inputOf = (...turns: Turn[]) => bodyFor({ turns }).input

describe('the body of a Responses call', () => {
  it('says no more than was decided, and asks for nothing to be kept', () => {
    expect(bodyFor()).toEqual({
      model: 'some-model',
      input: [{ role: 'user', content: 'Hello' }],
      store: false,
      stream: true,
    })
  })

  it('sends system text, limit and temperature', () => {
    const more = { system: 'Be brief.', outputTokensMax: 9, temperature: 0.5, model: 'gpt-4o' }
    expect(bodyFor(more)).toMatchObject({
      instructions: 'Be brief.',
      max_output_tokens: 9,
      temperature: 0.5,
    })
  })

  it.each([
    ['gpt-5', null, false],
    ['gpt-5.1', 'none', true],
    ['o3', null, false],
    ['gpt-4.1', null, true],
  ] as [string, Effort | null, boolean][])(
    '%s with effort %s takes a temperature: %s',
    (model, effort, takes) => {
      const reasoning = { enabled: true, effort, think: null }
      expect('temperature' in bodyFor({ model, temperature: 1, reasoning })).toBe(takes)
    },
  )

  it.each([
    ['high', ['low', 'high'], { effort: 'high', summary: 'auto' }],
    ['max', ['low', 'high'], { effort: 'high', summary: 'auto' }],
    ['off', ['none', 'low'], { effort: 'none', summary: 'auto' }],
    ['off', ['low'], undefined],
    [null, ['low'], undefined],
  ] as [Effort | 'off' | null, Effort[], object | undefined][])(
    'asks about reasoning, effort %s of %j: %j',
    (chosen, efforts, expected) => {
      const effort = chosen === 'off' ? null : chosen
      const reasoning = { enabled: chosen !== 'off', effort, think: null }
      expect(bodyFor({ reasoning, efforts }).reasoning).toEqual(expected)
    },
  )

  it('describes a tool without an object around its function', () => {
    expect(bodyFor({ tools: [tool] }).tools).toEqual([{ type: 'function', ...tool, strict: false }])
  })

  it.each([
    ['gpt-5', ['low'], true],
    ['gpt-5-new', null, false],
    ['gpt-6', null, true],
    ['o9', null, true],
    ['gpt-4o', null, false],
    ['gpt-5-chat-latest', null, false],
    ['unheard-of', null, false],
    ['unheard-of', ['low'], true],
  ] as [string, Effort[] | null, boolean][])(
    'asks %s, with efforts %j, for its sealed reasoning where there are tools: %s',
    (model, efforts, asks) => {
      const { include } = bodyFor({ model, efforts, tools: [tool] })
      expect(include).toEqual(asks ? ['reasoning.encrypted_content'] : undefined)
      expect(bodyFor({ model, efforts })).not.toHaveProperty('include')
    },
  )

  it('lays the sender’s own fields over it, save those that are not theirs', () => {
    const custom = { body: { top_p: 0.5, input: 'x', model: 'y', stream: false, tools: [] } }
    expect(bodyFor({ custom })).toEqual({ ...bodyFor(), top_p: 0.5 })
  })
})

describe('the turns of a Responses call', () => {
  it('are messages, in the words of each role', () => {
    const input = inputOf(
      { role: 'user', text: 'a' },
      { role: 'assistant', text: 'b' },
      { role: 'user', text: 'c' },
    )
    expect(input).toEqual([
      { role: 'user', content: 'a' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'b' }] },
      { role: 'user', content: 'c' },
    ])
  })

  it('carry images beside the text, or alone', () => {
    const images = [{ mediaType: 'image/png', base64: 'AAAA' }] as const
    const image = { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'auto' }
    expect(inputOf({ role: 'user', text: 'See', images })).toEqual([
      { role: 'user', content: [{ type: 'input_text', text: 'See' }, image] },
    ])
    expect(inputOf({ role: 'user', text: '', images })).toEqual([
      { role: 'user', content: [image] },
    ])
  })

  it('give the reasoning back before the calls it led to, and then what came of them', () => {
    const carried = [{ type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'sealed' }]
    const toolCalls = [
      { id: 'call_1', name: 'f', arguments: '{"a":1}' },
      { id: 'call_2', name: 'g', arguments: '' },
    ]
    const called = toolCalls.map(({ id, name, arguments: given }) => ({
      type: 'function_call',
      call_id: id,
      name,
      arguments: given,
    }))
    const result = { role: 'tool', callId: 'call_1', name: 'f', text: 'one' } as const
    const output = { type: 'function_call_output', call_id: 'call_1', output: 'one' }
    expect(inputOf({ role: 'assistant', text: '', toolCalls, carried }, result)).toEqual([
      ...carried,
      ...called,
      output,
    ])
    const said = {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'b' }],
    }
    expect(inputOf({ role: 'assistant', text: 'b', toolCalls, carried })).toEqual([
      ...carried,
      said,
      ...called,
    ])
  })

  it('are joined with a neighbour of their role only where that is demanded', () => {
    const turns = [
      { role: 'user', text: 'a' },
      { role: 'user', text: 'b' },
    ] as const
    expect(bodyFor({ turns }).input).toHaveLength(2)
    expect(bodyFor({ turns }, 'https://api.deepseek.com').input).toHaveLength(1)
  })
})

describe('the options of a Responses call', () => {
  const tools = [{ ...tool, strict: true }]
  const schema = { type: 'object', properties: { name: { type: 'string' } } }
  const requestWith = (options: Partial<CallOptions>) => ({ tools, options: optionsOf(options) })
  const bodyWith = (options: Partial<CallOptions>) => bodyFor(requestWith(options))

  it('are not named where nothing is asked, or where they only tune', () => {
    const tuning = { seed: 7, presencePenalty: 1, frequencyPenalty: 1 }
    expect(bodyWith(tuning)).toEqual(bodyFor({ tools }))
  })

  it('choose a tool by word or by name, one at a time where that is asked', () => {
    expect(bodyWith({ toolChoice: 'required', parallelToolCalls: false, topP: 0.5 })).toEqual({
      ...bodyFor({ tools }),
      tool_choice: 'required',
      parallel_tool_calls: false,
      top_p: 0.5,
    })
    expect(bodyWith({ toolChoice: { name: 'f' } }).tool_choice).toEqual({
      type: 'function',
      name: 'f',
    })
  })

  it('say of a tool that it is strict', () => {
    expect(bodyWith({}).tools).toMatchObject([{ strict: true }])
  })

  it('ask for JSON, of any kind or of a schema', () => {
    const any = { type: 'json_object' } as const
    expect(bodyWith({ responseFormat: any }).text).toEqual({ format: any })
    const format = { type: 'json_schema', name: 'person', schema, strict: true } as const
    expect(bodyWith({ responseFormat: format }).text).toEqual({ format })
  })

  it('cannot stop a reply at a text', () => {
    expect(unsupportedByResponses(requestOf(requestWith({ stop: ['a'] })))).toBe('stop')
    expect(unsupportedByResponses(requestOf(requestWith({ seed: 1 })))).toBe(null)
  })
})
