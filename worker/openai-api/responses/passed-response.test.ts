import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Id } from '../../contract/ids.ts'
import type { UsableModel } from '../../connections/usable-model.ts'
import { Fault } from '../../platform/fault.ts'
import { connectionOf } from '../../providers/play-recording.ts'
import { hasRecordings, loadRecording, recordingsFor } from '../../providers/recorded-answers.ts'
import { providerFor } from '../../providers/registry.ts'
import { CallAccount } from '../call-account.ts'
import { brokenOff, foldResponse, isLast, type ResponseEvent } from './fold-response.ts'
import { forUpstream } from './for-upstream.ts'
import { packCarried, unpackCarried } from './pack-carried.ts'
import { PassedKeptResponse } from './passed-kept-response.ts'
import { PassedResponse } from './passed-response.ts'
import { eventsIn } from './response-frames.ts'
import { responseOfItem } from './response-items.ts'
import { openResponse, type ResponseObject } from './response-object.ts'
import { checkResponses } from './responses-answer.ts'

const id: Id<'response'> = 'rsp_000000000aaaaaaaaaaaaaaa'
const opened = openResponse(
  id,
  { model: 'mine', input: 'Hi', background: true },
  { createdAt: 0, model: 'mine' },
)
const secrets = ['sk-secret-1']
const options = () => ({ model: 'mine', secrets, account: new CallAccount(0, 7) })

const response = (status: string, more: object = {}) => ({
  id: 'resp_theirs',
  object: 'response',
  status,
  model: 'upstream-1',
  store: false,
  background: false,
  instructions: 'Say "model":"x" and [DONE]',
  output: [],
  ...more,
})
const sealed = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAA' }
const usage = { input_tokens: 3, output_tokens: 4, total_tokens: 7 }
const theirs = [
  { type: 'response.created', response: response('in_progress') },
  { type: 'response.in_progress', response: response('in_progress') },
  {
    type: 'response.output_item.added',
    output_index: 0,
    item: { ...sealed, encrypted_content: '' },
  },
  { type: 'response.output_item.done', output_index: 0, item: sealed },
  { type: 'response.something.new', odd: { a: [1] } },
  {
    type: 'response.output_text.delta',
    item_id: 'm',
    output_index: 1,
    delta: 'He "model":"y"\u2028 data: x',
  },
  { type: 'response.completed', response: response('completed', { output: [sealed], usage }) },
].map((event, sequence_number) => ({ ...event, sequence_number }))
const frame = (event: { type: string }) =>
  `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
const text = `: a comment\n\n${theirs.map(frame).join('')}`

describe('a stream of responses that nobody keeps', () => {
  it('goes on as it came but for the name of the model, however it is cut', () => {
    const passed = new PassedResponse(options()).take(text)
    expect(passed).toBe(text.replaceAll('"model":"upstream-1"', '"model":"mine"'))
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 30 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), text.length]
        const reader = new PassedResponse(options())
        const pieces = at.slice(1).map((to, index) => reader.take(text.slice(at[index], to)))
        expect([pieces.join(''), reader.isWhole]).toEqual([passed, true])
      }),
    )
  })

  it('is charged by the usage it tells', () => {
    const { account, ...rest } = options()
    new PassedResponse({ account, ...rest }).take(text)
    expect(account.settled(false)).toMatchObject({
      source: 'provider',
      usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7 },
    })
  })

  it('throws its error, without the key that is in it', () => {
    const event = { type: 'error', code: 'server_error', message: 'bad sk-secret-1', param: null }
    const untyped = `data: ${JSON.stringify({ error: { message: event.message } })}\n\n`
    const readers = [
      () => new PassedResponse(options()),
      () =>
        new PassedKeptResponse({
          ...options(),
          response: opened,
          sequence: 3,
          provider: 'openai_responses',
          tellsPacked: false,
        }),
    ]
    const outcomes = readers.flatMap((newReader) =>
      [frame(event), untyped].map((text) => outcomeOf(() => newReader().take(text))),
    )
    const fault = { members: { provider: { message: 'bad ***' } } }
    expect(outcomes).toMatchObject([fault, fault, fault, fault])
  })

  it('knows what it has come to when it breaks', () => {
    const item = { type: 'message', id: 'm', role: 'assistant', status: 'in_progress', content: [] }
    const at = { item_id: 'm', output_index: 0, content_index: 0 }
    const events = [
      theirs[0]!,
      { type: 'response.output_item.added', output_index: 0, item },
      { type: 'response.content_part.added', ...at, part: { type: 'output_text', text: '' } },
      { type: 'response.output_text.delta', ...at, delta: 'Hel' },
    ]
    const reader = new PassedResponse(options())
    reader.take(events.map(frame).join(''))
    expect(reader.response).toMatchObject({
      model: 'mine',
      output: [{ content: [{ text: 'Hel' }] }],
    })
  })
})

describe('input for an upstream that keeps no state', () => {
  const message = { type: 'message', role: 'assistant', content: 'x' }

  it('holds thoughts as that upstream has sealed them, and no ids of ours', () => {
    const thought = { type: 'reasoning', id: 'rs_ours', summary: [] }
    const packed = (provider: 'openai_responses' | 'anthropic') => ({
      ...thought,
      encrypted_content: packCarried(provider, [sealed]),
    })
    const items = [
      packed('openai_responses'),
      packed('anthropic'),
      thought,
      sealed,
      { ...message, id: `msg_${opened.id.slice(5)}i0` },
      { ...message, id: 'msg_theirs' },
    ]
    expect(forUpstream(items, 'openai_responses')).toEqual([
      sealed,
      sealed,
      message,
      { ...message, id: 'msg_theirs' },
    ])
  })
})

describe('a stream of responses that is kept here', () => {
  function kept(tellsPacked = false) {
    const own = { response: opened, sequence: 3, tellsPacked }
    return new PassedKeptResponse({ ...options(), ...own, provider: 'openai_responses' })
  }

  it('is numbered on, and is of its own id', () => {
    const reader = kept()
    const events = [...eventsIn(reader.take(text))]
    expect(events.map(({ type, sequence_number }) => [sequence_number, type])).toEqual(
      theirs.slice(2).map(({ type }, index) => [index + 3, type]),
    )
    expect(events[2]).toMatchObject({ odd: { a: [1] } })
    const last = events.at(-1)!.response as ResponseObject
    expect(last).toMatchObject({
      id: opened.id,
      model: 'mine',
      background: true,
      store: true,
      status: 'completed',
      instructions: response('').instructions,
    })
  })

  it('keeps what the upstream has sealed, and tells it where it was asked for', () => {
    const silent = kept()
    expect(silent.take(text)).not.toContain('encrypted_content')
    const [[id, packed] = []] = [...silent.packed]
    // Its seal may hold the id it had there.
    expect(unpackCarried('openai_responses', packed ?? '')).toEqual([sealed])
    const last = [...eventsIn(kept(true).take(text))].at(-1)!.response as ResponseObject
    expect(last.output[0]).toMatchObject({ id, encrypted_content: packed })
  })

  it('has ids by which each of its items is found, and they are the same everywhere', () => {
    const item = { type: 'message', id: 'msg_theirs', role: 'assistant', content: [] }
    const events = [
      { type: 'response.output_item.added', output_index: 0, item },
      { type: 'response.output_text.delta', item_id: 'msg_theirs', output_index: 0, delta: 'x' },
      { type: 'response.completed', response: response('completed', { output: [item] }) },
    ]
    const [added, delta, last] = [...eventsIn(kept().take(events.map(frame).join('')))]
    const { id } = added!.item as { id: string }
    expect(responseOfItem(id)).toBe(opened.id)
    expect([delta!.item_id, (last!.response as ResponseObject).output[0]!.id]).toEqual([id, id])
  })

  it('has everything a response has, also where its upstream says little', () => {
    const terse = { type: 'response.completed', response: { status: 'completed', output: [] } }
    const [last] = eventsIn(kept().take(frame(terse)))
    expect(last!.response).toMatchObject({
      error: null,
      tools: [],
      metadata: {},
      object: 'response',
    })
  })

  it('takes no event whose name is more than a name', () => {
    const forged = { type: 'x\n\nevent: response.completed\ndata: {}' }
    expect(kept().take(`data: ${JSON.stringify(forged)}\n\n`)).toBe('')
  })

  it('throws the failure of its upstream, to be told in words of one’s own', () => {
    const failed = response('failed', { error: { code: 'server_error', message: 'Sorry.' } })
    expect(() =>
      kept().take(frame({ type: 'response.failed', response: failed } as never)),
    ).toThrow(Fault)
  })
})

describe('what is told of items', () => {
  const kept = () =>
    new PassedKeptResponse({
      ...options(),
      response: opened,
      sequence: 2,
      tellsPacked: false,
      provider: 'openai_responses',
    })
  const idsIn = (text: string) =>
    [...eventsIn(text)].flatMap(({ item, item_id: id, response }) => [
      ...(item ? [(item as { id: string }).id] : []),
      ...(id ? [id] : []),
      ...((response as ResponseObject | undefined)?.output.map((each) => each.id) ?? []),
    ])

  it('bears one id, wherever its upstream says it stands', () => {
    const message = { type: 'message', id: 'msg_theirs', content: [] }
    const events = [
      { type: 'response.output_item.added', item: message },
      { type: 'response.output_text.delta', item_id: 'msg_theirs', delta: 'Hi' },
      { type: 'response.completed', response: response('completed', { output: [message] }) },
    ]
    const ids = idsIn(kept().take(events.map(frame).join('')))
    expect(ids).toHaveLength(3)
    expect(new Set(ids)).toEqual(new Set(['msg_000000000aaaaaaaaaaaaaaa0']))
  })

  it('keeps numbers as they were written', () => {
    const raw = 'data: {"type":"response.created","response":{"model":"x","temperature":1.0}}\n\n'
    expect(new PassedResponse(options()).take(raw)).toBe(raw.replace('"x"', '"mine"'))
    const named =
      'data: {"type":"response.created","response":{"metadata":{"model":"m"},"model":"x"}}\n\n'
    const [event] = eventsIn(new PassedResponse(options()).take(named))
    expect(event?.response).toEqual({ metadata: { model: 'm' }, model: 'mine' })
  })

  it('says when it is thought, which may pause for longer', () => {
    const asked = options()
    const reader = new PassedResponse(asked)
    const added = (type: string) =>
      frame({ type: 'response.output_item.added', item: { type } } as never)
    reader.take(added('reasoning'))
    expect(asked.account.isReasoning).toBe(true)
    reader.take(added('message'))
    expect(asked.account.isReasoning).toBe(false)
  })
})

describe('a response that is passed on and stored', () => {
  const checking = (input: object[], store: boolean) => () =>
    checkResponses({
      body: { model: 'mine', input, store },
      usable: { rawId: 'upstream-1' } as UsableModel,
      provider: providerFor('openai_responses'),
      connection: connectionOf('openai_responses', { baseUrl: 'https://api.example' }),
      earlier: [],
    })

  it.each([[[{ role: 'user' }]], [[{ role: 'user', content: null }]], [[{ name: 'x' }]]])(
    'must be one that can be read again: %j',
    (input) => {
      expect(checking(input, true)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
      expect(checking(input, false)).not.toThrow()
    },
  )

  it('may hold items of kinds nobody here knows', () => {
    expect(checking([{ type: 'web_search_call', id: 'ws_1' }], true)).not.toThrow()
  })
})

it('is told as far as it came, whatever its upstream put into it', () => {
  const added = { type: 'response.output_item.added', output_index: 0, item: null }
  const folded = foldResponse(structuredClone(opened), added as never)
  expect(brokenOff(folded.output)).toEqual([])
  const last = { type: 'response.completed', response: { output: [null, 'x'] } }
  expect(foldResponse(folded, last as never).output).toEqual([])
})

const streams = recordingsFor('openai_responses').filter(
  (name) => loadRecording(name).ext === 'sse',
)

it.skipIf(!hasRecordings).each(streams)('passes a recorded stream on as it is: %s', (name) => {
  const recorded = new TextDecoder().decode(loadRecording(name).bytes)
  const data = (text: string) =>
    [...eventsIn(text.replaceAll('\r\n', '\n'))].map((event) => {
      const { response, ...rest } = (event ?? {}) as { response?: object }
      return response ? { ...rest, response: { ...response, model: 'mine' } } : rest
    })
  const reader = new PassedResponse(options())
  const isBroken = /^event: error|"type": ?"error"/m.test(recorded)
  const passing = () => {
    const passed = data(reader.take(recorded))
    reader.requireGood()
    return passed
  }
  const outcome = outcomeOf(passing)
  // Some recordings hold several turns, one after the other.
  const all = data(recorded)
  const turn = all.slice(0, all.findIndex((event) => isLast(event as ResponseEvent)) + 1)
  expect(outcome instanceof Fault ? 'a fault' : outcome).toEqual(isBroken ? 'a fault' : turn)
  expect(isBroken || turn.length > 0).toBe(true)
})

function outcomeOf(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}
