import { describe, expect, it } from 'vitest'
import { Fault } from '../../platform/fault.ts'
import type { ProviderRequest, Turn } from '../../providers/provider.ts'
import { anyImage } from '../call-images.ts'
import { checkBody } from '../check-body.ts'
import type { ModelFacts } from '../provider-request.ts'
import { fromResponses } from './from-responses.ts'
import { packCarried } from './pack-carried.ts'
import { itemsOfInput } from './response-items.ts'
import { ResponsesBody } from './responses-body.ts'

const model: ModelFacts = {
  rawId: 'raw',
  baseModel: null,
  contextWindow: 8_192,
  outputTokens: null,
  efforts: null,
}

function asked(body: object, facts: Partial<ModelFacts> = {}): ProviderRequest {
  const checked = checkBody(ResponsesBody, { model: 'mine', ...body })
  const items = itemsOfInput(checked, 'resp_x')
  const from = { items, earlier: 0, images: anyImage, provider: 'anthropic' } as const
  return fromResponses(checked, { ...model, ...facts }, from)
}

function refusal(body: object): { param: unknown; message: unknown } {
  try {
    asked(body)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { parameter, errors } = error.members as {
      parameter?: string
      errors: { path: string; message: string }[]
    }
    return { param: parameter ?? errors[0]?.path, message: errors[0]?.message }
  }
  throw new Error('Nothing was refused.')
}

const user = (content: unknown) => ({ role: 'user', content })
const call = (id: string) => ({ type: 'function_call', call_id: id, name: 'f', arguments: '{}' })
const output = (id: string, text: unknown = 'ok') => ({
  type: 'function_call_output',
  call_id: id,
  output: text,
})
const f = { type: 'function', name: 'f', parameters: { type: 'object' } }

describe('what a response is asked with', () => {
  it('is one turn of the user where it is a text', () => {
    const { system, turns } = asked({ input: 'Hi', instructions: 'Be brief.' })
    expect([system, turns]).toEqual(['Be brief.', [{ role: 'user', text: 'Hi' }]])
  })

  it('becomes turns: what one side says without an answer is one of them', () => {
    const packed = packCarried('anthropic', [{ sealed: 1 }])
    const { system, turns } = asked({
      tools: [f],
      input: [
        { role: 'developer', content: 'Be kind.' },
        user([
          { type: 'input_text', text: 'One' },
          { type: 'input_text', text: 'two' },
        ]),
        { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: packed },
        { role: 'assistant', content: [{ type: 'output_text', text: 'Let me see.' }] },
        call('a'),
        call('b'),
        output('a'),
        output('b', [{ type: 'input_text', text: 'fine' }]),
        { role: 'assistant', content: 'Done.' },
        user('Thanks'),
      ],
    })
    const toolCalls = ['a', 'b'].map((id) => ({ id, name: 'f', arguments: '{}' }))
    expect([system, turns]).toEqual([
      'Be kind.',
      [
        { role: 'user', text: 'One\ntwo' },
        { role: 'assistant', text: 'Let me see.', toolCalls, carried: [{ sealed: 1 }] },
        { role: 'tool', callId: 'a', name: 'f', text: 'ok' },
        { role: 'tool', callId: 'b', name: 'f', text: 'fine' },
        { role: 'assistant', text: 'Done.' },
        { role: 'user', text: 'Thanks' },
      ] satisfies Turn[],
    ])
  })

  it('leaves out reasoning that another provider has sealed', () => {
    const others = [packCarried('google_genai', [1]), 'gAAAA-sealed-by-openai', null]
    const input = others.map((encrypted_content) => ({
      type: 'reasoning',
      summary: [],
      encrypted_content,
    }))
    expect(asked({ input: [...input, user('Hi')] }).turns).toEqual([{ role: 'user', text: 'Hi' }])
  })

  it('has images where they stand', () => {
    const [turn] = asked({
      input: [
        user([
          { type: 'input_text', text: 'What is it?' },
          { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'auto' },
        ]),
      ],
    }).turns
    expect(turn).toMatchObject({ images: [{ mediaType: 'image/png', base64: 'AAAA' }] })
  })

  it('says which tools there are, and which of them are meant', () => {
    const tools = [f, { ...f, name: 'g', strict: true }]
    expect(asked({ input: 'x', tools, parallel_tool_calls: false })).toMatchObject({
      tools: [
        { name: 'f', parameters: { type: 'object' } },
        { name: 'g', strict: true },
      ],
      options: { toolChoice: null, parallelToolCalls: false },
    })
    const chosen = (tool_choice: unknown) => {
      const { tools: left, options } = asked({ input: 'x', tools, tool_choice })
      return [left.map(({ name }) => name), options?.toolChoice]
    }
    expect(chosen('required')).toEqual([['f', 'g'], 'required'])
    expect(chosen({ type: 'function', name: 'g' })).toEqual([['f', 'g'], { name: 'g' }])
    const g = { type: 'function', name: 'g' }
    const allowed = { type: 'allowed_tools', mode: 'required', tools: [g] }
    expect(chosen(allowed)).toEqual([['g'], 'required'])
  })

  it('says what form the answer is to have, and how long it may be', () => {
    const schema = { type: 'object', properties: {} }
    const format = { type: 'json_schema', name: 'n', schema, strict: true }
    const body = {
      input: 'x',
      text: { format },
      max_output_tokens: 20,
      reasoning: { effort: 'low' },
    }
    expect(asked(body)).toMatchObject({
      outputTokensMax: 20,
      reasoning: { enabled: true, effort: 'low' },
      options: { responseFormat: format },
    })
    expect(asked({ input: 'x' }, { outputTokens: 99 }).outputTokensMax).toBe(99)
  })

  it('is refused by the name of what cannot be done', () => {
    const refused: [object, string][] = [
      [{ input: [user([{ type: 'input_file', file_id: 'f' }])] }, 'input.0.content.0.type'],
      [{ input: [user([{ type: 'input_image', file_id: 'f' }])] }, 'input.0.content.0.file_id'],
      [{ input: [user('x'), { type: 'item_reference', id: 'msg_1' }] }, 'input.1.type'],
      [{ input: [user('x'), output('a')] }, 'input'],
      [{ input: [user('x'), call('a')] }, 'input'],
      [{ input: [user('x'), call('a'), user('y')] }, 'input'],
      [{ input: [{ content: 'x' }] }, 'input.0.type'],
      [{ input: [user(7)] }, 'input.0.content'],
      [{ input: [user([{ type: 'input_text' }])] }, 'input.0.content.0.text'],
      [{ input: 'x', tools: [{ type: 'custom', name: 'c' }] }, 'tools.0.type'],
      [{ input: 'x', tools: [{ type: 'function' }] }, 'tools.0.name'],
      [
        { input: 'x', tools: [f], tool_choice: { type: 'function', name: 'h' } },
        'tool_choice.name',
      ],
      [{ input: 'x', top_logprobs: 2 }, 'top_logprobs'],
      [{ input: 'x', include: ['message.output_text.logprobs'] }, 'include.0'],
      [{ input: 'x', tool_choice: 'required' }, 'tool_choice'],
      [{ input: 'x', tools: [f], tool_choice: { type: 'mcp' } }, 'tool_choice.type'],
    ]
    expect(refused.map(([body]) => [body, refusal(body).param])).toEqual(refused)
  })
})

describe('a conversation longer than the window', () => {
  const long = 'word '.repeat(2_000)
  const input = [user(long), { role: 'assistant', content: long }, user(long), user('And now?')]

  it('is cut from its beginning where that is asked for, before something a user said', () => {
    const cut = asked({ input, truncation: 'auto' })
    expect(cut.turns.map(({ role, text }) => [role, text.length])).toEqual([
      ['user', long.length],
      ['user', 'And now?'.length],
    ])
    expect(asked({ input }).turns).toHaveLength(4)
  })

  it('keeps the last question, however long it is', () => {
    expect(asked({ input: long.repeat(20), truncation: 'auto' }).turns).toHaveLength(1)
  })

  it('leaves the answer the room it has once it is cut', () => {
    const { outputTokensMax, promptTokens } = asked(
      { input, truncation: 'auto' },
      { outputTokens: 4_000 },
    )
    expect(outputTokensMax).toBe(Math.min(4_000, model.contextWindow - promptTokens))
    expect(outputTokensMax).toBeGreaterThan(1_000)
  })
})
