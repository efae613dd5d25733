import { describe, expect, it } from 'vitest'
import type { Effort } from '../contract/reasoning.ts'
import { contentsBody } from './google-genai-request.ts'
import { optionsOf, requestOf } from './play-recording.ts'
import type { CallOptions, ProviderRequest } from './provider.ts'

const bodyOf = (more: Partial<ProviderRequest> = {}) => contentsBody(requestOf(more))
const image = { mediaType: 'image/png', base64: 'iVBORw==' } as const
const call = { id: 'a1', name: 'weather', arguments: '{"city":"Paris"}' }
const callPart = { functionCall: { id: 'a1', name: 'weather', args: { city: 'Paris' } } }

describe('the body that asks for content', () => {
  it('says no more than was decided', () => {
    expect(bodyOf()).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] })
  })

  it('sends system text beside the contents, limit, temperature and tools', () => {
    const parameters = { type: 'object', properties: {}, additionalProperties: false }
    const tools = [{ name: 'now', description: 'Says it.', parameters }]
    const more = { system: 'Be brief.', outputTokensMax: 9, temperature: 0, tools }
    expect(bodyOf(more)).toEqual({
      ...bodyOf(),
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      generationConfig: { maxOutputTokens: 9, temperature: 0 },
      tools: [
        {
          functionDeclarations: [
            { name: 'now', description: 'Says it.', parametersJsonSchema: parameters },
          ],
        },
      ],
    })
  })

  it('lets the roles alternate, and leaves out what is empty', () => {
    const turns = [
      { role: 'user', text: 'a' },
      { role: 'user', text: 'b', images: [image] },
      { role: 'assistant', text: '' },
      { role: 'assistant', text: 'c' },
      { role: 'user', text: '', images: [image] },
    ] as const
    const imagePart = { inlineData: { mimeType: 'image/png', data: 'iVBORw==' } }
    expect(bodyOf({ turns }).contents).toEqual([
      { role: 'user', parts: [imagePart, { text: 'a\n\nb' }] },
      { role: 'model', parts: [{ text: 'c' }] },
      { role: 'user', parts: [imagePart] },
    ])
  })

  it('sends calls with the signatures they came with, and the results of a turn together', () => {
    const other = { id: 'call_1', name: 'now', arguments: 'not JSON' }
    const carried = [
      { callId: null, thoughtSignature: 'dGV4dA==' },
      { callId: 'call_1', thoughtSignature: 'c2ln' },
      { reasoning_content: 'of another kind' },
    ]
    const turns = [
      { role: 'user', text: 'Hello' },
      { role: 'assistant', text: 'Looking', toolCalls: [call, other], carried },
      { role: 'tool', callId: 'a1', name: 'weather', text: 'Rain' },
      { role: 'tool', callId: 'call_1', name: 'now', text: 'No clock', isError: true },
    ] as const
    expect(bodyOf({ turns }).contents).toEqual([
      { role: 'user', parts: [{ text: 'Hello' }] },
      {
        role: 'model',
        parts: [
          { text: 'Looking', thoughtSignature: 'dGV4dA==' },
          callPart,
          { functionCall: { name: 'now', args: {} }, thoughtSignature: 'c2ln' },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'a1', name: 'weather', response: { output: 'Rain' } } },
          { functionResponse: { name: 'now', response: { error: 'No clock' } } },
        ],
      },
    ])
  })

  it('stands in for a lost signature, where calls without one are refused', () => {
    const other = { ...call, id: 'a2' }
    const turns = [{ role: 'assistant', text: '', toolCalls: [call, other] }] as const
    const partsFor = (model: string) => bodyOf({ model, turns }).contents
    const otherPart = { functionCall: { ...callPart.functionCall, id: 'a2' } }
    const signed = { ...callPart, thoughtSignature: 'skip_thought_signature_validator' }
    expect(partsFor('gemini-2.5-pro')).toEqual([{ role: 'model', parts: [callPart, otherPart] }])
    expect(partsFor('models/gemini-3-pro')).toEqual([{ role: 'model', parts: [signed, otherPart] }])
  })

  it('lays the sender’s own fields over it, and keeps the other parameters', () => {
    const custom = {
      body: { safetySettings: [], contents: [], tools: [], generationConfig: { topK: 5 } },
    }
    expect(bodyOf({ custom, outputTokensMax: 9 })).toEqual({
      ...bodyOf(),
      safetySettings: [],
      generationConfig: { maxOutputTokens: 9, topK: 5 },
    })
  })
})

const level = (thinkingLevel: string) => ({ includeThoughts: true, thinkingLevel })
const budget = (thinkingBudget: number) => ({ includeThoughts: true, thinkingBudget })

describe('what is asked about thinking', () => {
  it.each([
    ['gemini-3-pro-preview', null, undefined],
    ['gemini-3-pro-preview', 'off', undefined],
    ['gemini-3-flash', 'none', level('minimal')],
    ['gemini-3-flash', 'minimal', level('minimal')],
    ['gemini-3.5-flash', 'low', level('low')],
    ['gemini-3.1-pro', 'medium', level('medium')],
    ['gemini-3', 'high', level('high')],
    ['models/gemini-3', 'max', level('high')],
    ['gemini-2.5-flash', null, undefined],
    ['gemini-2.5-flash', 'none', { thinkingBudget: 0 }],
    ['gemini-2.5-flash-lite', 'off', { thinkingBudget: 0 }],
    ['gemini-2.5-pro', 'none', { thinkingBudget: 128 }],
    ['gemini-2.5-pro', 'off', { thinkingBudget: 128 }],
    ['gemini-2.5-flash', 'minimal', budget(512)],
    ['gemini-2.5-pro', 'low', budget(2048)],
    ['gemini-2.5-flash', 'medium', budget(8192)],
    ['gemini-2.5-flash', 'high', budget(24_576)],
    ['gemini-2.5-flash', 'xhigh', budget(24_576)],
    ['gemini-2.5-flash', 'max', budget(24_576)],
    ['gemini-2.0-flash', 'high', undefined],
    ['gemma-4', 'high', undefined],
  ] as [string, Effort | 'off' | null, object | undefined][])(
    '%s, effort %s: %j',
    (model, chosen, thinkingConfig) => {
      const body = bodyOf({ model, ...reasoningOf(chosen) })
      expect(body).toEqual(
        thinkingConfig ? { ...bodyOf(), generationConfig: { thinkingConfig } } : bodyOf(),
      )
    },
  )

  it('keeps to the levels a model was given by hand', () => {
    const efforts: Effort[] = ['none', 'low', 'max']
    const asked = bodyOf({ model: 'some-model', efforts, ...reasoningOf('high') })
    expect(asked.generationConfig).toEqual({ thinkingConfig: level('low') })
  })
})

function reasoningOf(chosen: Effort | 'off' | null): Pick<ProviderRequest, 'reasoning'> {
  const effort = chosen === 'off' ? 'high' : chosen
  return { reasoning: { enabled: chosen !== 'off', effort, think: null } }
}

describe('the options of a call to Google', () => {
  const tools = [{ name: 'f', description: 'Does.', parameters: { type: 'object' }, strict: true }]
  const schema = { type: 'object', properties: { name: { type: 'string' } } }
  const bodyWith = (options: Partial<CallOptions>) => bodyOf({ tools, options: optionsOf(options) })

  it('are not named where nothing is asked, nor where it is nothing', () => {
    const none = { presencePenalty: 0, frequencyPenalty: 0, parallelToolCalls: false }
    expect(bodyWith(none)).toEqual(bodyOf({ tools }))
  })

  it('stand in the configuration', () => {
    const sampling = { topP: 0.5, presencePenalty: 1, frequencyPenalty: -1 }
    expect(bodyWith({ stop: ['a'], seed: 7, ...sampling }).generationConfig).toEqual({
      stopSequences: ['a'],
      seed: 7,
      topP: 0.5,
      presencePenalty: 1,
      frequencyPenalty: -1,
    })
  })

  it('bring a large seed to 32 bits, always to the same', () => {
    const seedOf = (seed: number) => bodyWith({ seed }).generationConfig
    expect(seedOf(2 ** 32 + 5)).toEqual({ seed: 5 })
    expect(seedOf(2 ** 31)).toEqual({ seed: -(2 ** 31) })
  })

  it('ask for JSON, of any kind or of a schema', () => {
    const mime = { responseMimeType: 'application/json' }
    expect(bodyWith({ responseFormat: { type: 'json_object' } }).generationConfig).toEqual(mime)
    const format = { type: 'json_schema', name: 'person', schema, strict: true } as const
    expect(bodyWith({ responseFormat: format }).generationConfig).toEqual({
      ...mime,
      responseJsonSchema: schema,
    })
  })

  it.each([
    ['auto', { mode: 'AUTO' }],
    ['none', { mode: 'NONE' }],
    ['required', { mode: 'ANY' }],
    [{ name: 'f' }, { mode: 'ANY', allowedFunctionNames: ['f'] }],
  ] as [CallOptions['toolChoice'], object][])('choose tools by %o', (toolChoice, config) => {
    expect(bodyWith({ toolChoice }).toolConfig).toEqual({ functionCallingConfig: config })
  })
})
