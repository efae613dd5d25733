import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ProviderId } from '../contract/connections.ts'
import {
  connectionOf,
  cut,
  gather,
  requestOf,
  upstreamOf,
  type Gathered,
  type Split,
} from './play-recording.ts'
import { providers, providerFor } from './registry.ts'

const splits: Split[] = ['whole', 1, 2, 7, 'utf8', 'random']
/** For bodies of megabytes, of which a few bytes at a time take minutes. */
const coarseSplits: Split[] = ['whole', 4_093, 'utf8', 'random']
const bigBytes = 200_000

interface Expected extends Partial<Gathered> {
  status?: number
  contentType?: string
}

const folder = fileURLToPath(new URL('./recordings/', import.meta.url).href)

/** Bodies written by hand, one for each rule of reading; the folder says what each comes to. */
describe.each(Object.keys(providers) as ProviderId[])('the %s provider', (id) => {
  const provider = providerFor(id)
  const expectations: Record<string, Expected> = JSON.parse(
    readFileSync(`${folder}${id}/expected.json`, 'utf8'),
  )
  const files = readdirSync(folder + id).filter((file) => file !== 'expected.json')

  it('has an expectation for every recording, and no other', () => {
    expect(Object.keys(expectations).toSorted()).toEqual(files.toSorted())
  })

  it.each(Object.entries(expectations))('reads %s, wherever it is cut', async (file, expected) => {
    const { status = 200, contentType = 'text/event-stream', ...outcome } = expected
    const body = readFileSync(`${folder}${id}/${file}`)
    for (const split of splits) {
      const init = { status, headers: { 'content-type': contentType } }
      const upstream = upstreamOf(() => new Response(cut(body, split), init))
      const got = await gather(provider.stream(requestOf(), connectionOf(id), upstream))
      expect({ split, ...got }).toEqual({ split, ...nothing, ...outcome })
    }
  })
})

const nothing: Gathered = {
  text: '',
  reasoning: '',
  toolCalls: [],
  finish: null,
  usage: null,
  problem: null,
}

interface Recorded {
  bytes: Uint8Array
  ext: string
  expected: {
    stream: boolean
    finish: string | null
    usage: Record<string, number> | null
    dialect: string
    toolCalls: object[]
    functionCall?: { name: string; arguments: string }
    http: { status: number; contentType: string | null; headers?: Record<string, string> }
  }
}
interface Comparison {
  cases(filter: { dialect: string; provider?: string }): string[]
  load(id: string): Recorded
  compare(expected: unknown, got: unknown, options?: object): string[]
}

const comparison = new URL('../../../shared/fixtures/providers/compare.mjs', import.meta.url).href
const isPresent = existsSync(fileURLToPath(comparison))
if (!isPresent) {
  console.warn('SKIPPED: recorded provider answers, absent at ../shared/fixtures/providers')
}
const { cases, load, compare }: Comparison = isPresent
  ? await import(comparison)
  : { cases: () => [], load: () => null, compare: () => [] }

/** Which recordings each adapter answers for. */
const responsible: Record<string, { dialect: string; provider?: string }> = {
  openai: { dialect: 'chat' },
  openai_responses: { dialect: 'responses' },
  azure_openai: { dialect: 'chat', provider: 'azure' },
  ollama: { dialect: 'ollama-chat' },
  google_genai: { dialect: 'gemini' },
  anthropic: { dialect: 'anthropic' },
}

describe.skipIf(!isPresent).each(Object.entries(providers))('recorded for %s', (id, provider) => {
  const mine = responsible[id]
  it('there are some', () => {
    expect(cases(mine ?? { dialect: 'none' }).length).toBeGreaterThan(0)
  })

  it.each(mine ? cases(mine) : [])('reads %s, wherever it is cut', async (recording) => {
    const recorded = load(recording)
    const { expected, bytes } = recorded
    for (const split of bytes.length > bigBytes ? coarseSplits : splits) {
      const upstream = upstreamOf(() => replay(recorded, split))
      const ask = expected.stream ? provider.stream : provider.complete
      const got = await gather(ask(requestOf(), connectionOf(id), upstream))
      const differences = compare(asExpected(expected), asCompared(got, expected), {
        refusalAsText: true,
      })
      if (expected.usage === null && got.usage) differences.push('usage: none was told')
      expect({ split, differences }).toEqual({ split, differences: [] })
    }
  })
})

function replay({ bytes, expected }: Recorded, split: Split): Response {
  const { status, contentType, headers } = expected.http
  const kept = Object.entries(headers ?? {}).filter(([name]) => name === 'retry-after')
  if (contentType) kept.push(['content-type', contentType])
  return new Response(cut(bytes, split), { status, headers: kept })
}

/** A function call is a tool call to us, and the recordings keep it apart. */
function asExpected({ functionCall, ...given }: Recorded['expected']): object {
  const expected = given.dialect === 'anthropic' ? withWholeInput(given) : given
  if (!functionCall) return expected
  const call = { ...functionCall, arguments: JSON.parse(functionCall.arguments) }
  return { ...expected, toolCalls: [...expected.toolCalls, call] }
}

/** Anthropic counts what was read from a cache or written to it apart from the rest of the input. */
function withWholeInput<T extends { usage: Record<string, number> | null }>(expected: T): T {
  if (!expected.usage) return expected
  const { input = 0, cached = 0, cacheWrite = 0 } = expected.usage
  return { ...expected, usage: { ...expected.usage, input: input + cached + cacheWrite } }
}

/** In the terms of the recordings, where a reply that was filtered away ends and does not fail. */
function asCompared({ usage, problem, ...got }: Gathered, expected: Recorded['expected']): object {
  const isFiltered = problem === 'content_blocked' && expected.finish === 'content_filter'
  return {
    ...got,
    finish: isFiltered ? 'content_filter' : (got.finish ?? undefined),
    ...(problem === 'interrupted' ? { interrupted: true } : {}),
    ...(problem && problem !== 'interrupted' && !isFiltered ? { error: problem } : {}),
    ...(usage && {
      usage: {
        input: usage.inputTokens,
        output: usage.outputTokens,
        reasoning: usage.reasoningTokens,
        cached: usage.cachedTokens,
      },
    }),
  }
}
