import type { ProviderId } from '../contract/connections.ts'
import { Fault } from '../platform/fault.ts'
import type { Upstream } from '../platform/upstream.ts'
import type {
  CallOptions,
  ProviderConnection,
  ProviderEvent,
  ProviderRequest,
  ProviderUsage,
  ToolCall,
} from './provider.ts'
import { providerFor } from './registry.ts'
import { simpleRequest } from './simple-request.ts'

/** How a body is cut into reads: a number of bytes each, inside every character, or anyhow. */
export type Split = 'whole' | number | 'utf8' | 'random'

/** What a reply came to. */
export interface Gathered {
  text: string
  reasoning: string
  toolCalls: ToolCall[]
  finish: string | null
  usage: ProviderUsage | null
  /** The code of the fault it ended with. */
  problem: string | null
}

export function requestOf(more: Partial<ProviderRequest> = {}): ProviderRequest {
  return {
    ...simpleRequest('some-model', [{ role: 'user', text: 'Hello' }]),
    reasoning: { enabled: true, effort: null, think: null },
    ...more,
  }
}

export function optionsOf(more: Partial<CallOptions> = {}): CallOptions {
  return {
    toolChoice: null,
    parallelToolCalls: null,
    responseFormat: null,
    stop: [],
    topP: null,
    seed: null,
    presencePenalty: null,
    frequencyPenalty: null,
    ...more,
  }
}

/** A connection to the address an administrator typed, as an adapter is given it. */
export function connectionOf(
  provider: ProviderId,
  { baseUrl = 'https://api.example/v1', ...more }: Partial<ProviderConnection> = {},
): ProviderConnection {
  return {
    provider,
    vendor: 'auto',
    baseUrl: providerFor(provider).baseUrlOf(baseUrl),
    apiKey: 'key',
    headers: [],
    withoutStreamOptions: false,
    azureApiVersion: null,
    numCtx: null,
    modelIds: [],
    ...more,
  }
}

export interface Called {
  url: string
  method: string
  headers: Headers
  body: Record<string, unknown> | null
}

/** An upstream that answers as told and keeps what it was asked. */
export function upstreamOf(
  answer: (called: Called) => Response | Promise<Response>,
): Upstream & { calls: Called[] } {
  const calls: Called[] = []
  return {
    calls,
    alive: () => {},
    fetch: async (url, { method, headers, body }) => {
      const called = { url, method, headers, body: body === undefined ? null : JSON.parse(body) }
      calls.push(called)
      return answer(called)
    },
  }
}

export function cut(bytes: Uint8Array, split: Split): ReadableStream<Uint8Array> {
  let at = 0
  let seed = 1
  const next = () => {
    if (split === 'whole') return bytes.length
    if (typeof split === 'number') return at + split
    if (split === 'random') {
      seed = (seed * 16_807) % 2_147_483_647
      return at + 1 + (seed % 97)
    }
    const inside = bytes.findIndex((byte, index) => index > at && (byte & 0xc0) === 0x80)
    return inside === -1 ? bytes.length : inside
  }
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      const end = next()
      controller.enqueue(bytes.subarray(at, end))
      at = end
    },
  })
}

/** Plays a reply to its end. Fails when it goes on after `stop`, or ends without it. */
export async function gather(events: AsyncIterable<ProviderEvent>): Promise<Gathered> {
  const got: Gathered = {
    text: '',
    reasoning: '',
    toolCalls: [],
    finish: null,
    usage: null,
    problem: null,
  }
  try {
    for await (const event of events) take(got, event)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    got.problem = error.code
  }
  if ((got.finish === null) === (got.problem === null)) throw new Error('An end was expected.')
  return got
}

function take(got: Gathered, event: ProviderEvent): void {
  if (got.finish !== null) throw new Error(`${event.type} came after the end.`)
  if (event.type === 'content') got.text += event.content
  else if (event.type === 'reasoning') got.reasoning += event.content
  else if (event.type === 'tool-call') got.toolCalls.push(event.call)
  else if (event.type === 'usage') got.usage = event.usage
  else if (event.type === 'stop') got.finish = event.reason
}
