import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cut, type Gathered, type Split } from './play-recording.ts'

export interface Recorded {
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

const script = new URL('../../../shared/fixtures/providers/compare.mjs', import.meta.url).href
export const hasRecordings = existsSync(fileURLToPath(script))
if (!hasRecordings) {
  console.warn('SKIPPED: recorded provider answers, absent at ../shared/fixtures/providers')
}
const comparison: Comparison = hasRecordings
  ? await import(script)
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

/** The recordings an adapter answers for. */
export function recordingsFor(provider: string): string[] {
  return comparison.cases(responsible[provider] ?? { dialect: 'none' })
}

export const loadRecording = (id: string): Recorded => comparison.load(id)

/** In what a reply differs from what was recorded, in words; nothing where it is the same. */
export function differences({ expected }: Recorded, got: Gathered): string[] {
  return comparison.compare(asExpected(expected), asCompared(got, expected), {
    refusalAsText: true,
  })
}

/** The answer as it was recorded, cut into reads. */
export function replay({ bytes, expected }: Recorded, split: Split): Response {
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
