import { openBody, readText, type ByteReader } from '../platform/bytes.ts'
import { Fault } from '../platform/fault.ts'
import { readSse, type SseEvent } from '../platform/sse.ts'
import type { Upstream } from '../platform/upstream.ts'
import { openAiBaseUrl, routeUrl } from './base-url.ts'
import { ChatReply } from './chat-reply.ts'
import { listOpenAiModels } from './openai-models.ts'
import { chatBody, requestHeaders, secretsOf } from './openai-request.ts'
import { fieldsOf } from './narrow.ts'
import type { Provider, ProviderConnection, ProviderEvent, ProviderRequest } from './provider.ts'
import { badReply, errorIn, faultOfReply } from './provider-faults.ts'
import { dialectOf } from './vendors.ts'

/** Enough for what a provider has to say about a refusal. */
const errorBytesMax = 64 * 1024
const completionBytesMax = 16 * 1024 * 1024

/** OpenAI's chat completions and everything that speaks like them. */
export const openai: Provider = {
  id: 'openai',
  label: 'OpenAI-compatible',
  baseUrlOf: openAiBaseUrl,
  stream: (request, connection, upstream) => chat(request, connection, upstream, true),
  complete: (request, connection, upstream) => chat(request, connection, upstream, false),
  listModels: listOpenAiModels,
}

async function* chat(
  request: ProviderRequest,
  connection: ProviderConnection,
  upstream: Upstream,
  isStreamed: boolean,
): AsyncGenerator<ProviderEvent> {
  const { response, learned } = await send(request, connection, upstream, isStreamed)
  if (learned) yield { type: 'without-stream-options' }
  const alive = () => upstream.alive()
  const reply = new ChatReply(secretsOf(connection))
  const opened = await openReply(response, alive)
  if (opened.type === 'completion') {
    yield* reply.readCompletion(opened.completion)
    if (reply.fault) throw reply.fault
    yield* reply.end()
    return
  }
  let isDone = false
  try {
    for await (const events of readSse(opened.reader, alive)) {
      const read = readTogether(reply, events)
      isDone = read.isDone
      // Not a delegation, which would await each item once more.
      for (const item of read.items) yield item
      if (reply.fault) throw reply.fault
      if (isDone) break
    }
  } catch (error) {
    // Once the provider has said why the reply ended, what breaks after that took nothing away.
    if (isOwn(error) || !reply.isFinished) throw asInterruption(error)
  }
  // A cut connection can look like a clean end; only these two prove the reply is whole.
  if (!isDone && !reply.isFinished) throw new Fault('interrupted', { continuable: true })
  yield* reply.end()
}

/**
 * What the events of one read say, neighbouring text joined: whoever reads on pays for each item, and
 * what arrived together is shown together anyway.
 */
function readTogether(reply: ChatReply, events: readonly SseEvent[]) {
  const items: ProviderEvent[] = []
  for (const { event, data } of events) {
    if (data.trim() === '[DONE]') return { items, isDone: true }
    for (const item of reply.readChunk(parsed(data, event), event)) {
      const last = items.at(-1)
      const isText = item.type === 'content' || item.type === 'reasoning'
      if (isText && last?.type === item.type) last.content += item.content
      else items.push(item)
    }
    if (reply.fault) break
  }
  return { items, isDone: false }
}

interface Sent {
  response: Response
  /** The upstream has just refused `stream_options`. */
  learned: boolean
}

async function send(
  request: ProviderRequest,
  connection: ProviderConnection,
  upstream: Upstream,
  isStreamed: boolean,
): Promise<Sent> {
  const dialect = dialectOf(connection)
  const url = routeUrl(openAiBaseUrl(connection.baseUrl), 'chat/completions')
  const headers = requestHeaders(connection, request.custom)
  const body = chatBody(request, dialect, isStreamed)
  const post = (content: object) =>
    upstream.fetch(url, { method: 'POST', headers, body: JSON.stringify(content) })
  const asksForUsage = isStreamed && dialect.streamOptions && !connection.withoutStreamOptions
  const response = await post(
    asksForUsage ? { stream_options: { include_usage: true }, ...body } : body,
  )
  if (response.ok) return { response, learned: false }
  const refusal = await errorText(response, upstream)
  const isAboutOptions = response.status === 400 || response.status === 422
  if (!asksForUsage || !isAboutOptions || !refusal.includes('stream_options')) {
    throw faultOfReply(response, refusal, secretsOf(connection))
  }
  const again = await post({ ...body, stream_options: undefined })
  if (again.ok) return { response: again, learned: true }
  throw faultOfReply(again, await errorText(again, upstream), secretsOf(connection))
}

async function errorText(response: Response, upstream: Upstream): Promise<string> {
  if (!response.body) return ''
  const reader = response.body.getReader()
  return readText(reader, errorBytesMax, () => upstream.alive()).catch(() => '')
}

type OpenedReply =
  | { type: 'events'; reader: ByteReader }
  /** A provider may answer a request for a stream with one JSON body, and the other way round. */
  | { type: 'completion'; completion: unknown }

async function openReply(response: Response, alive: () => void): Promise<OpenedReply> {
  if (!response.body) throw badReply('an empty body')
  const mediaType = (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? ''
  const { first, reader } = await openBody(response.body, alive).catch((error: unknown) => {
    throw asInterruption(error)
  })
  if (first === '') throw badReply('an empty body')
  if (first === '{' || first === '[') {
    const text = await readText(reader, completionBytesMax, alive).catch((error: unknown) => {
      throw asInterruption(error)
    })
    return { type: 'completion', completion: completionOf(text, mediaType) }
  }
  // The fields of an event stream and its comments begin like this.
  const isStream = mediaType === 'text/event-stream' ? first !== '<' : ':deir'.includes(first)
  if (isStream) return { type: 'events', reader }
  await reader.cancel().catch(() => {})
  throw badReply(`${mediaType || 'no content type'} instead of an event stream`)
}

function completionOf(text: string, mediaType: string): unknown {
  let completion: unknown
  try {
    completion = JSON.parse(text)
  } catch {
    throw badReply('JSON that breaks off')
  }
  const isReply = Array.isArray(fieldsOf(completion)?.choices)
  if (isReply || errorIn(completion, 'message')) return completion
  throw badReply(`${mediaType || 'JSON'} instead of an event stream`)
}

/** A line that is not JSON says nothing, unless it is the text of an error. */
function parsed(data: string, event: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return event === 'error' ? data : null
  }
}

const isOwn = (error: unknown) => error instanceof Fault || isAbort(error)
const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError'

function asInterruption(error: unknown): unknown {
  if (isOwn(error)) return error
  return new Fault('interrupted', { continuable: true }, { cause: error })
}
