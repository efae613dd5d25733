import { describe, expect, it } from 'vitest'
import { hasOpenAiContract, loadOpenAiContract } from '../../../e2e/openai-contract.ts'
import type { ProviderId } from '../../contract/connections.ts'
import type { Id } from '../../contract/ids.ts'
import { connectionOf, requestOf, upstreamOf } from '../../providers/play-recording.ts'
import type { ProviderEvent, ProviderUsage } from '../../providers/provider.ts'
import {
  hasRecordings,
  loadRecording,
  recordingsFor,
  replay,
} from '../../providers/recorded-answers.ts'
import { providers } from '../../providers/registry.ts'
import { CallAccount } from '../call-account.ts'
import { unpackCarried } from './pack-carried.ts'
import { eventsIn, responseIn } from './response-frames.ts'
import { openResponse, type ResponseObject } from './response-object.ts'
import { brokenFrame, openingFrames, ResponseEvents } from './to-responses.ts'

const contract = hasOpenAiContract('responses by the published schemas')
  ? await loadOpenAiContract()
  : null
const id: Id<'response'> = 'rsp_000000000aaaaaaaaaaaaaaa'
const opened = openResponse(
  id,
  { model: 'mine', input: 'Hi', tools: [{ type: 'function', name: 'f' }] },
  { createdAt: 1_700_000_000_000, model: 'mine' },
)
const opening = openingFrames(opened)
const usage: ProviderUsage = {
  inputTokens: 3,
  outputTokens: 5,
  reasoningTokens: 2,
  cachedTokens: null,
  totalTokens: 8,
}
const content = (text: string) => ({ type: 'content', content: text }) as const
const thought = (text: string) => ({ type: 'reasoning', content: text }) as const
const carry = (carried: unknown) => ({ type: 'carry', carried }) as const
const call = (callId: string, given: string) =>
  ({ type: 'tool-call', call: { id: callId, name: 'f', arguments: given } }) as const
const stop = (reason: 'stop' | 'length' | 'content_filter' | 'tool_calls' | 'other' = 'stop') =>
  ({ type: 'stop', reason, raw: null }) as const

interface Written {
  text: string
  events: ResponseEvents
}

function write(
  given: readonly ProviderEvent[],
  { tellsPacked = false, keepsPacked = true, provider = 'anthropic' as ProviderId } = {},
): Written {
  const events = new ResponseEvents(opened, {
    provider,
    sequence: opening.length,
    tellsPacked,
    keepsPacked,
  })
  const said = given.map((event) => events.take(event)).join('')
  return { text: opening.join('') + said + events.end(usage), events }
}

/** A stream that is right by the schemas, numbered without gaps, and folds to what it ends with. */
function checked(text: string): ResponseObject {
  const events = [...eventsIn(text)]
  for (const event of events) {
    expect(contract?.compile('responses-stream-event')(event) ?? []).toEqual([])
  }
  expect(events.map(({ sequence_number }) => sequence_number)).toEqual([...events.keys()])
  const last = events.at(-1)!.response as ResponseObject
  expect(contract?.compile('responses-response')(last) ?? []).toEqual([])
  const folded = responseIn(text.split(/(?<=\n\n)/).slice(0, -1))!
  expect(folded.output).toEqual(last.output)
  return last
}

describe('a response', () => {
  it('tells what was thought, said and called, each as an item of its own', () => {
    const { text } = write([
      thought('Hm.'),
      thought(' So.'),
      content('Hello\n\n'),
      content('data: x'),
      call('a', '{"x":1}'),
      call('b', ''),
      stop('tool_calls'),
    ])
    const { status, output } = checked(text)
    expect([status, output]).toMatchObject([
      'completed',
      [
        { type: 'reasoning', summary: [{ text: 'Hm. So.' }] },
        { type: 'message', content: [{ text: 'Hello\n\ndata: x' }] },
        { type: 'function_call', call_id: 'a', arguments: '{"x":1}' },
        { type: 'function_call', call_id: 'b', arguments: '{}' },
      ],
    ])
  })

  it('that is cut off by a limit or a filter says by which', () => {
    const cut = checked(write([content('Hel'), stop('length')]).text)
    expect([cut.status, cut.incomplete_details, cut.output[0]?.status]).toEqual([
      'incomplete',
      { reason: 'max_output_tokens' },
      'incomplete',
    ])
    const blocked = checked(write([content('Hel'), stop('content_filter')]).text)
    expect(blocked.incomplete_details).toEqual({ reason: 'content_filter' })
    expect(checked(write([content('Hello'), stop('other')]).text).status).toBe('completed')
  })

  it('keeps what a provider has sealed of its reasoning, and tells it where it was asked for', () => {
    const said = [
      thought('Hm.'),
      carry({ s: 1 }),
      carry({ s: 2 }),
      content('So'),
      carry({ s: 3 }),
      call('a', ''),
      stop(),
    ]
    const silent = write(said)
    expect(checked(silent.text).output.map(({ type }) => type)).toEqual([
      'reasoning',
      'message',
      'reasoning',
      'function_call',
    ])
    expect(silent.text).not.toContain('encrypted_content')
    const packed = [...silent.events.packed.values()]
    expect(packed.map((text) => unpackCarried('anthropic', text))).toEqual([
      [{ s: 1 }, { s: 2 }],
      [{ s: 3 }],
    ])
    expect(packed.map((text) => unpackCarried('ollama', text))).toEqual([[], []])
    const told = checked(write(said, { tellsPacked: true }).text)
    expect(told.output.map((item) => item.encrypted_content ?? null)).toEqual([
      packed[0],
      null,
      packed[1],
      null,
    ])
    const { output } = checked(write(said, { keepsPacked: false }).text)
    expect(output.map(({ type }) => type)).toEqual(['reasoning', 'message', 'function_call'])
  })

  it('that breaks is told with what there was of it, by frames that are right', () => {
    const { text } = write([thought('Hm.'), content('Hello'), stop()])
    const frames = text.split(/(?<=\n\n)/)
    for (let cut = opening.length; cut < frames.length; cut++) {
      const before = frames.slice(0, cut)
      for (const breach of [
        { status: 'cancelled' } as const,
        { status: 'failed', error: { code: 'server_error', message: 'Lost.' } } as const,
      ]) {
        const last = brokenFrame(responseIn(before)!, cut, breach)
        const [event] = eventsIn(last)
        const { status, output } = event!.response as ResponseObject
        expect(contract?.compile('responses-stream-event')(event) ?? []).toEqual([])
        expect(status).toBe(breach.status)
        expect(output.map((item) => item.status)).not.toContain('in_progress')
      }
    }
  })
})

const isTranslated = (provider: string) => !providers[provider as ProviderId]?.passes?.responses
const recordings = Object.keys(providers)
  .filter(isTranslated)
  .flatMap((provider) =>
    recordingsFor(provider).map((name) => [provider as ProviderId, name] as const),
  )

describe.skipIf(!hasRecordings)('recorded answers as responses', () => {
  it.each(recordings)('%s %s', async (provider, name) => {
    const recorded = loadRecording(name)
    const upstream = upstreamOf(() => replay(recorded, 'whole'))
    const connection = connectionOf(provider, { baseUrl: 'https://api.example', apiKey: 'sk' })
    const account = new CallAccount(0, 0)
    const given: ProviderEvent[] = []
    try {
      const adapter = providers[provider]!
      const play = recorded.expected.stream ? adapter.stream : adapter.complete
      for await (const event of play(requestOf(), connection, upstream)) {
        account.note(event)
        given.push(event)
      }
    } catch {
      // What a provider refuses is no response at all; what it breaks off has no end.
      return
    }
    const { output } = checked(write(given, { tellsPacked: true, provider }).text)
    const texts = (type: ProviderEvent['type']) =>
      given
        .flatMap((event) => (event.type === type && 'content' in event ? [event.content] : []))
        .join('')
    const said = (name: 'content' | 'summary') =>
      output
        .flatMap((item) => (Array.isArray(item[name]) ? item[name] : []))
        .map(({ text }: { text: string }) => text)
        .join('')
    expect([said('content'), said('summary')]).toEqual([texts('content'), texts('reasoning')])
    const calls = given.filter(({ type }) => type === 'tool-call')
    expect(output.filter(({ type }) => type === 'function_call')).toHaveLength(calls.length)
  })
})
