import { describe, expect, it } from 'vitest'
import type { PromptImage, Provider, ProviderRequest } from '../../providers/provider.ts'
import { ChatBody } from './chat-body.ts'
import { imageUrlsIn } from '../call-images.ts'
import { requireSupported } from './chat-options.ts'
import { checkBody } from '../check-body.ts'
import { fromChat } from './from-chat.ts'
import type { ModelFacts } from '../provider-request.ts'

const model: ModelFacts = {
  rawId: 'raw-id',
  baseModel: null,
  contextWindow: 8_192,
  outputTokens: null,
  efforts: null,
}
const user = { role: 'user', content: 'Hello' }
const image: PromptImage = { mediaType: 'image/png', base64: 'iVBORw0KGgo=' }
const dataUrl = 'data:image/png;base64,iVBORw0KGgo='
const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }
const calling = { role: 'assistant', content: null, tool_calls: [call] }
const tool = { type: 'function', function: { name: 'f', parameters: { type: 'object' } } }

function translated(
  more: object,
  images = new Map<string, PromptImage>(),
  facts: Partial<ModelFacts> = {},
): ProviderRequest {
  const body = checkBody(ChatBody, { model: 'name', messages: [user], ...more })
  return fromChat(body, { ...model, ...facts }, images)
}
const turnsOf = (...messages: object[]) => translated({ messages }).turns
const partsOf = (...content: object[]) => turnsOf({ role: 'user', content })
const imagePart = (url: string) => ({ type: 'image_url', image_url: { url } })

/** The field a call is refused for, and whether it is one that only this model lacks. */
function refusedFor(more: object): [param: string, isUnsupported: boolean] | null {
  try {
    translated(more)
    return null
  } catch (error) {
    const { members } = error as { members: { parameter?: string; errors: [{ path: string }] } }
    return [members.parameter ?? members.errors[0].path, members.parameter !== undefined]
  }
}

describe('a chat completion as a provider is asked it', () => {
  it('asks for nothing that was not asked', () => {
    expect(translated({ user: 'someone', metadata: { a: 'b' }, whatever: [1] })).toEqual({
      model: 'raw-id',
      baseModel: null,
      system: null,
      turns: [{ role: 'user', text: 'Hello' }],
      tools: [],
      outputTokensMax: null,
      contextWindow: 8_192,
      // 3 for the prompt, 4 for the turn, 2 for its text and 1 for its role.
      promptTokens: 10,
      temperature: null,
      reasoning: { enabled: true, effort: null, think: null },
      efforts: null,
      custom: null,
      options: {
        toolChoice: null,
        parallelToolCalls: null,
        responseFormat: null,
        stop: [],
        topP: null,
        seed: null,
        presencePenalty: null,
        frequencyPenalty: null,
      },
    })
  })

  it('takes null for what is not asked', () => {
    const names =
      'tools tool_choice parallel_tool_calls response_format max_tokens max_completion_tokens stop ' +
      'temperature top_p seed presence_penalty frequency_penalty reasoning_effort n logprobs ' +
      'top_logprobs logit_bias modalities audio functions function_call stream_options'
    const nulls = Object.fromEntries(names.split(' ').map((name) => [name, null]))
    expect(translated(nulls)).toEqual(translated({}))
  })

  it('carries every number over', () => {
    const numbers = {
      temperature: 0,
      top_p: 0,
      seed: 0,
      presence_penalty: -2,
      frequency_penalty: 2,
    }
    const request = translated({ ...numbers, max_tokens: 5, stop: 'a' })
    expect(request).toMatchObject({ temperature: 0, outputTokensMax: 5 })
    expect(request.options).toMatchObject({
      topP: 0,
      seed: 0,
      presencePenalty: -2,
      frequencyPenalty: 2,
      stop: ['a'],
    })
    expect(translated({ max_tokens: 5, max_completion_tokens: 6 }).outputTokensMax).toBe(6)
    expect(translated({ stop: ['a', '', 'b'] }).options?.stop).toEqual(['a', 'b'])
  })

  it('leaves room for the answer where its limit is known and none is set', () => {
    const limitOf = (outputTokens: number, more = {}) =>
      translated(more, new Map(), { outputTokens }).outputTokensMax
    expect(limitOf(4_096)).toBe(4_096)
    expect(limitOf(100_000)).toBe(8_192 - 10)
    expect(limitOf(4_096, { max_tokens: 7 })).toBe(7)
  })

  it.each([
    [undefined, { enabled: true, effort: null, think: null }],
    ['high', { enabled: true, effort: 'high', think: null }],
    ['none', { enabled: false, effort: 'none', think: null }],
  ])('with effort %s reasons %o', (effort, reasoning) => {
    expect(translated({ reasoning_effort: effort }).reasoning).toEqual(reasoning)
  })

  it.each([
    [{ type: 'text' }, null],
    [{ type: 'json_object' }, { type: 'json_object' }],
    [
      { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'object' }, strict: true } },
      { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: true },
    ],
    [
      { type: 'json_schema', json_schema: { name: 'n' } },
      { type: 'json_schema', name: 'n', schema: {}, strict: false },
    ],
  ])('answers in %j', (format, wanted) => {
    expect(translated({ response_format: format }).options?.responseFormat).toEqual(wanted)
  })
})

describe('messages', () => {
  it('of system and developer are joined, wherever they stand', () => {
    const { system, turns } = translated({
      messages: [
        { role: 'system', content: 'One' },
        user,
        { role: 'developer', content: [{ type: 'text', text: 'Two' }] },
      ],
    })
    expect(system).toBe('One\n\nTwo')
    expect(turns).toEqual([{ role: 'user', text: 'Hello' }])
  })

  it('of a user hold texts and images', () => {
    const parts = [{ type: 'text', text: 'a' }, imagePart(dataUrl), { type: 'text', text: 'b' }]
    const ordered = [parts[0], { type: 'image', image }, parts[2]]
    expect(partsOf(...parts)).toEqual([
      { role: 'user', text: 'a\nb', images: [image], parts: ordered },
    ])
    expect(partsOf(parts[0]!, parts[2]!)).toEqual([{ role: 'user', text: 'a\nb' }])
  })

  it('of the assistant hold what it said or refused, and what it called', () => {
    const parts = [
      { type: 'text', text: 'a' },
      { type: 'refusal', refusal: 'No.' },
    ]
    const answered = { role: 'tool', tool_call_id: 'call_1', content: 'done' }
    expect(turnsOf({ role: 'assistant', content: parts }, calling, answered)).toEqual([
      { role: 'assistant', text: 'a\nNo.' },
      {
        role: 'assistant',
        text: '',
        toolCalls: [{ id: 'call_1', name: 'f', arguments: '{"a":1}' }],
      },
      { role: 'tool', callId: 'call_1', name: 'f', text: 'done' },
    ])
    expect(turnsOf({ role: 'assistant', refusal: 'No.' })).toEqual([
      { role: 'assistant', text: 'No.' },
    ])
  })

  it('of tools name the call they answer, of the turn before', () => {
    const answer = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'done' })
    expect(refusedFor({ messages: [user, calling, answer('call_2')] })).toEqual([
      'messages.2.tool_call_id',
      false,
    ])
    expect(
      refusedFor({ messages: [user, calling, answer('call_1'), user, answer('call_1')] }),
    ).toEqual(['messages.4.tool_call_id', false])
  })

  it('leave no call without an answer', () => {
    expect(refusedFor({ messages: [user, calling, user] })).toEqual(['messages.2.role', false])
    expect(refusedFor({ messages: [user, calling] })).toEqual(['messages.1.role', false])
  })
})

describe('images', () => {
  it('are fetched when they are elsewhere, each once', () => {
    const url = 'https://pictures.example/a.png'
    const messages = [
      { role: 'user', content: [imagePart(url), imagePart(dataUrl), imagePart(url)] },
      user,
    ]
    const body = checkBody(ChatBody, { model: 'name', messages })
    expect(imageUrlsIn(body)).toEqual([url])
    const [turn] = translated({ messages }, new Map([[url, image]])).turns
    expect(turn).toMatchObject({ images: [image, image, image] })
    expect(refusedFor({ messages })).toEqual(['messages.0.content.0.image_url.url', false])
  })

  it('may be called jpg, and have parameters', () => {
    const url = 'data:image/jpg;name=a.jpg;base64,/9j/'
    expect(partsOf(imagePart(url))).toMatchObject([
      { images: [{ mediaType: 'image/jpeg', base64: '/9j/' }] },
    ])
  })

  it.each([
    'data:image/svg+xml;base64,AAAA',
    'data:image/png,%89PNG',
    'data:image/png;base64',
    'data:image/png;base64,',
    'data:image/png;base64,no base64',
    'data:;base64,AAAA',
  ])('cannot be %s', (url) => {
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'a' }, imagePart(url)] }]
    expect(refusedFor({ messages })).toEqual(['messages.0.content.1.image_url.url', false])
  })
})

describe('tools', () => {
  it('are functions, whose description and parameters may lack', () => {
    const strict = { ...tool.function, description: 'Does.', strict: true }
    const tools = [
      { type: 'function', function: { name: 'bare' } },
      { type: 'function', function: strict },
    ]
    expect(translated({ tools }).tools).toEqual([
      { name: 'bare', description: '', parameters: { type: 'object', properties: {} } },
      { name: 'f', description: 'Does.', parameters: { type: 'object' }, strict: true },
    ])
  })

  it.each([
    ['auto', 'auto'],
    ['none', 'none'],
    ['required', 'required'],
    [{ type: 'function', function: { name: 'f' } }, { name: 'f' }],
  ])('are chosen by %j', (choice, toolChoice) => {
    expect(translated({ tools: [tool], tool_choice: choice }).options).toMatchObject({ toolChoice })
  })

  it('are fewer where only some are allowed', () => {
    const other = { type: 'function', function: { name: 'g' } }
    const allowed = { mode: 'required', tools: [{ type: 'function', function: { name: 'g' } }] }
    const request = translated({
      tools: [tool, other],
      tool_choice: { type: 'allowed_tools', allowed_tools: allowed },
    })
    expect(request.tools.map(({ name }) => name)).toEqual(['g'])
    expect(request.options?.toolChoice).toBe('required')
  })

  it('are not chosen among none', () => {
    const none = translated({ tool_choice: 'auto', parallel_tool_calls: false })
    expect(none).toEqual(translated({}))
    expect(refusedFor({ tool_choice: 'required' })).toEqual(['tool_choice', false])
    const choice = { type: 'function', function: { name: 'g' } }
    expect(refusedFor({ tools: [tool], tool_choice: choice })).toEqual([
      'tool_choice.function.name',
      false,
    ])
  })
})

describe('what cannot be translated', () => {
  it.each([
    ['n', { n: 2 }],
    ['logprobs', { logprobs: true }],
    ['top_logprobs', { top_logprobs: 1 }],
    ['logit_bias', { logit_bias: { 50256: -100 } }],
    ['modalities', { modalities: ['text', 'audio'] }],
    ['audio', { audio: { voice: 'alloy', format: 'wav' } }],
    ['web_search_options', { web_search_options: {} }],
    ['functions', { functions: [{ name: 'f' }] }],
    ['tools.0.type', { tools: [{ type: 'custom', custom: { name: 'f' } }] }],
    ['tool_choice.type', { tools: [tool], tool_choice: { type: 'custom', custom: {} } }],
    ['messages.0.role', { messages: [{ role: 'function', name: 'f', content: 'x' }] }],
    [
      'messages.0.content.0.type',
      { messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: {} }] }] },
    ],
    ['messages.0.content.0.type', { messages: [{ role: 'user', content: [{ type: 'file' }] }] }],
  ])('is refused by its name: %s', (param, more) => {
    expect(refusedFor(more)).toEqual([param, true])
  })

  it.each([
    { n: 1, logprobs: false, top_logprobs: 0, logit_bias: {}, modalities: ['text'] },
    { prediction: { type: 'content', content: 'x' }, verbosity: 'low', service_tier: 'auto' },
  ])('is nothing that changes nothing: %j', (more) => {
    expect(translated(more)).toEqual(translated({}))
  })

  it('is told by the provider for each request', () => {
    const provider = {
      unsupported: ({ options }: ProviderRequest) => (options?.seed ? 'seed' : null),
    }
    const ask = (more: object) => () =>
      requireSupported(provider as unknown as Provider, translated(more))
    expect(ask({})).not.toThrow()
    expect(ask({ seed: 1 })).toThrow(
      expect.objectContaining({ members: expect.objectContaining({ parameter: 'seed' }) }),
    )
  })
})
