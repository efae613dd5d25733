import { describe, expect, it } from 'vitest'
import { hasOpenAiContract, loadOpenAiContract } from '../../../e2e/openai-contract.ts'
import type { ProviderId } from '../../contract/connections.ts'
import { Fault } from '../../platform/fault.ts'
import {
  connectionOf,
  requestOf,
  upstreamOf,
  type Gathered,
} from '../../providers/play-recording.ts'
import type { ProviderEvent, ProviderUsage } from '../../providers/provider.ts'
import {
  differences,
  hasRecordings,
  loadRecording,
  recordingsFor,
  replay,
  type Recorded,
} from '../../providers/recorded-answers.ts'
import { providers } from '../../providers/registry.ts'
import { toOpenAiError } from '../openai-error.ts'
import type { CompletionUsage } from '../openai-usage.ts'
import { ChatChunks, ChatCompletion, type ChatHead } from './to-chat.ts'

const head: ChatHead = { id: 'chatcmpl-1', created: 1_700_000_000, model: 'acme/model' }
const common = { id: 'chatcmpl-1', created: 1_700_000_000, model: 'acme/model' }
const usage: ProviderUsage = {
  inputTokens: 3,
  outputTokens: 5,
  reasoningTokens: 2,
  cachedTokens: 1,
  totalTokens: 8,
}
const told = {
  prompt_tokens: 3,
  completion_tokens: 5,
  total_tokens: 8,
  prompt_tokens_details: { cached_tokens: 1 },
  completion_tokens_details: { reasoning_tokens: 2 },
}
const content = (text: string) => ({ type: 'content', content: text }) as const
const call = (id: string, given: string) =>
  ({ type: 'tool-call', call: { id, name: 'f', arguments: given } }) as const
const called = (id: string, given: string) => ({
  id,
  type: 'function',
  function: { name: 'f', arguments: given },
})
const stop = (reason: 'stop' | 'tool_calls' | 'other' = 'stop') =>
  ({ type: 'stop', reason, raw: null }) as const

function streamOf(events: readonly ProviderEvent[], includeUsage = false): string {
  const chunks = new ChatChunks(head, { includeUsage })
  return events.map((event) => chunks.take(event)).join('') + chunks.end()
}

const dataOf = (text: string) => text.split('\n\n').map((frame) => frame.slice('data: '.length))
const chunksOf = (text: string): object[] =>
  dataOf(text)
    .filter((data) => data !== '' && data !== '[DONE]')
    .map((data) => JSON.parse(data))

function choice(delta: object, finish: string | null = null): object {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }]
  return { ...common, object: 'chat.completion.chunk', choices }
}

describe('a streamed chat completion', () => {
  it('tells who speaks first, then the text, then why it ended', () => {
    const text = streamOf([
      content('Hel'),
      content('lo\n\ndata: '),
      { type: 'usage', usage },
      stop(),
    ])
    expect(chunksOf(text)).toEqual([
      choice({ role: 'assistant', content: 'Hel' }),
      choice({ content: 'lo\n\ndata: ' }),
      choice({}, 'stop'),
    ])
    expect(text.endsWith('}\n\ndata: [DONE]\n\n')).toBe(true)
  })

  it('keeps reasoning apart, and counts the calls', () => {
    const events: ProviderEvent[] = [
      { type: 'reasoning', content: 'Hm.' },
      content('So'),
      call('a', '{"x":1}'),
      { type: 'carry', carried: 'a secret' },
      call('b', ''),
      stop('tool_calls'),
    ]
    expect(chunksOf(streamOf(events))).toEqual([
      choice({ role: 'assistant', content: null, reasoning_content: 'Hm.' }),
      choice({ content: 'So' }),
      choice({ tool_calls: [{ index: 0, ...called('a', '{"x":1}') }] }),
      choice({ tool_calls: [{ index: 1, ...called('b', '{}') }] }),
      choice({}, 'tool_calls'),
    ])
  })

  it('tells usage where it was asked to, in a chunk of its own', () => {
    const events = [content('Hi'), { type: 'usage', usage } as const, stop()]
    const chunks = chunksOf(streamOf(events, true))
    expect(chunks.slice(0, 2)).toEqual([
      { ...choice({ role: 'assistant', content: 'Hi' }), usage: null },
      { ...choice({}, 'stop'), usage: null },
    ])
    expect(chunks[2]).toEqual({ ...choice({}), choices: [], usage: told })
  })

  it('tells what was settled rather than what the provider said', () => {
    const chunks = new ChatChunks(head, { includeUsage: true })
    chunks.take({ type: 'usage', usage })
    const settled = { ...usage, inputTokens: 10, totalTokens: null, cachedTokens: null }
    expect(chunksOf(chunks.end(settled))[0]).toMatchObject({
      usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    })
  })

  it('says who speaks also when nothing is said', () => {
    expect(chunksOf(streamOf([stop('other')]))).toEqual([
      choice({ role: 'assistant', content: '' }),
      choice({}, 'stop'),
    ])
  })

  it('ends with the error alone when it breaks', () => {
    const { body } = toOpenAiError(new Fault('provider_unavailable'), 'req')
    const frame = new ChatChunks(head, { includeUsage: true }).fail(body)
    expect(dataOf(frame)).toEqual([JSON.stringify(body), ''])
  })
})

describe('a chat completion in one piece', () => {
  function bodyOf(events: readonly ProviderEvent[]): object {
    const completion = new ChatCompletion(head)
    for (const event of events) completion.take(event)
    return completion.body()
  }
  const bodyWith = (message: object, finish: string, counts: object) => ({
    ...common,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', refusal: null, annotations: [], ...message },
        logprobs: null,
        finish_reason: finish,
      },
    ],
    usage: counts,
  })

  it('holds all that was said', () => {
    const events: ProviderEvent[] = [
      { type: 'reasoning', content: 'Hm.' },
      content('Hel'),
      content('lo'),
      { type: 'usage', usage },
      stop(),
    ]
    const message = { content: 'Hello', reasoning_content: 'Hm.' }
    expect(bodyOf(events)).toEqual(bodyWith(message, 'stop', told))
  })

  it('holds calls, and no text where there is none', () => {
    const none = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }
    const message = { content: null, tool_calls: [called('a', '{}')] }
    expect(bodyOf([call('a', ''), stop('other')])).toEqual(bodyWith(message, 'tool_calls', none))
    expect(bodyOf([stop()])).toEqual(bodyWith({ content: '' }, 'stop', none))
  })
})

const hasContract = hasOpenAiContract('chat completions by the published schemas')
const contract = hasContract ? await loadOpenAiContract() : null
const translated = Object.entries(providers).filter(([, { passes }]) => !passes?.chat)

describe.skipIf(!hasRecordings).each(translated)('what %s was recorded to say', (id, provider) => {
  /** Plays a recording: what broke it, and whether it ended in a way OpenAI has no word for. */
  async function play(recorded: Recorded, take: (event: ProviderEvent) => void) {
    const upstream = upstreamOf(() => replay(recorded, 'whole'))
    const ask = recorded.expected.stream ? provider.stream : provider.complete
    let hasOtherEnd = false
    try {
      for await (const event of ask(requestOf(), connectionOf(id as ProviderId), upstream)) {
        hasOtherEnd = event.type === 'stop' && event.reason === 'other'
        take(event)
      }
      return { fault: null, hasOtherEnd }
    } catch (error) {
      if (error instanceof Fault) return { fault: error, hasOtherEnd }
      throw error
    }
  }

  it.each(recordingsFor(id))('goes on as a stream: %s', async (recording) => {
    const recorded = loadRecording(recording)
    const chunks = new ChatChunks(head, { includeUsage: true })
    let text = ''
    const { fault, hasOtherEnd } = await play(recorded, (event) => (text += chunks.take(event)))
    const error = fault && toOpenAiError(fault, 'req').body
    const whole = text + (error ? '' : chunks.end())
    const got = gatheredFrom(chunksOf(whole) as Chunk[])
    if (hasOtherEnd) got.finish = 'other'
    got.problem = fault?.code ?? null
    expect(differences(recorded, got)).toEqual([])
    expect(contract?.validateSse('chat-completion-chunk', whole) ?? []).toEqual([])
    const rules = error ? null : contract?.streamRules(whole, { includeUsage: true })
    expect(rules ?? []).toEqual([])
    const broken = error && contract?.compile('error-response')(chunksOf(chunks.fail(error))[0])
    expect(broken ?? []).toEqual([])
  })

  it.each(recordingsFor(id))('goes on in one piece: %s', async (recording) => {
    const recorded = loadRecording(recording)
    const completion = new ChatCompletion(head)
    const { fault, hasOtherEnd } = await play(recorded, (event) => completion.take(event))
    if (fault) return
    const body = completion.body() as Completion
    const { message, finish_reason: finish } = body.choices[0]
    const delta = {
      ...message,
      tool_calls: message.tool_calls?.map((each, index) => ({ ...each, index })),
    }
    const chunk = { choices: [{ delta, finish_reason: finish }], usage: body.usage } as Chunk
    const got = gatheredFrom([chunk])
    if (hasOtherEnd) got.finish = 'other'
    expect(differences(recorded, got)).toEqual([])
    expect(contract?.compile('chat-completion-response')(body) ?? []).toEqual([])
  })
})

interface Called {
  id: string
  function: { name: string; arguments: string }
}
interface Delta {
  content?: string | null
  reasoning_content?: string
  tool_calls?: (Called & { index: number })[] | undefined
}
interface Chunk {
  choices: { delta: Delta; finish_reason: string | null }[]
  usage: CompletionUsage | null
}
interface Completion {
  choices: [{ message: Delta; finish_reason: string }]
  usage: CompletionUsage
}

/** What a client makes of the chunks, in the terms of the recordings. */
function gatheredFrom(chunks: readonly Chunk[]): Gathered {
  const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta))
  const reasons = chunks.flatMap(({ choices }) => choices.map((each) => each.finish_reason))
  const counts = chunks.findLast((chunk) => chunk.usage)?.usage
  return {
    text: deltas.map((delta) => delta.content ?? '').join(''),
    reasoning: deltas.map((delta) => delta.reasoning_content ?? '').join(''),
    toolCalls: deltas
      .flatMap((delta) => delta.tool_calls ?? [])
      .map((each) => ({ id: each.id, ...each.function })),
    finish: reasons.findLast((reason) => reason !== null) ?? null,
    usage: counts ? usageFrom(counts) : null,
    problem: null,
  }
}

function usageFrom(counts: CompletionUsage): ProviderUsage {
  return {
    inputTokens: counts.prompt_tokens,
    outputTokens: counts.completion_tokens,
    reasoningTokens: counts.completion_tokens_details?.reasoning_tokens ?? null,
    cachedTokens: counts.prompt_tokens_details?.cached_tokens ?? null,
    totalTokens: counts.total_tokens,
  }
}
