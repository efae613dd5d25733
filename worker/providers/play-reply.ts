import { openBody, readText, type ByteReader } from '../platform/bytes.ts'
import { Fault } from '../platform/fault.ts'
import { readSse, type SseEvent } from '../platform/sse.ts'
import type { Upstream } from '../platform/upstream.ts'
import { fieldsOf, jsonIn } from './narrow.ts'
import type { ProviderConnection, ProviderEvent } from './provider.ts'
import { badReply, errorIn, faultOfReply } from './provider-faults.ts'
import { secretsOf } from './request-headers.ts'

/** Enough for what a provider has to say about a refusal. */
const errorBytesMax = 64 * 1024
const completionBytesMax = 16 * 1024 * 1024

/** What an adapter makes of one reply; fed by `playReply` until the reply is over. */
export interface ReplyReader {
  /** What one event of a stream says; data that is not JSON is null. `name` is the event's own. */
  readChunk(chunk: unknown, name: string): ProviderEvent[]
  /** What a whole reply says that came in one piece. */
  readCompletion(completion: unknown): ProviderEvent[]
  /** Whether a body is such a whole reply. */
  isCompletion(body: unknown): boolean
  /** Whether the provider has said why the reply ended: what breaks after that took nothing away. */
  readonly isFinished: boolean
  /** The provider's own error, once a chunk held one; what that chunk held besides still counts. */
  readonly fault: Fault | null
  /** The last events of a reply that is whole, `stop` at the end. May throw a `Fault`. */
  end(): ProviderEvent[]
}

/**
 * The events of a reply, however it comes: as server-sent events, or as one JSON body where a stream
 * was asked for. Refuses what `Provider` promises; a body that ends before its reply is `interrupted`.
 */
export async function* playReply(
  response: Response,
  reply: ReplyReader,
  upstream: Upstream,
): AsyncGenerator<ProviderEvent> {
  const alive = () => upstream.alive()
  const opened = await openReply(response, reply, alive)
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
    // What breaks behind the finish reason takes nothing away, be it only that nobody waits longer.
    if (error instanceof Fault || !reply.isFinished) throw asInterruption(error)
  }
  // A cut connection can look like a clean end; only these two prove the reply is whole.
  if (!isDone && !reply.isFinished) throw new Fault('interrupted', { continuable: true })
  yield* reply.end()
}

/** The fault for a reply that is no success, with what its body says. */
export async function refusalOf(
  response: Response,
  connection: ProviderConnection,
  upstream: Upstream,
): Promise<Fault> {
  return faultOfReply(response, await errorText(response, upstream), secretsOf(connection))
}

/** The body of a refusal, as far as anybody would read it. */
export async function errorText(response: Response, upstream: Upstream): Promise<string> {
  if (!response.body) return ''
  const reader = response.body.getReader()
  return readText(reader, errorBytesMax, () => upstream.alive()).catch(() => '')
}

/** What broke a body that was being read, as the fault it is. */
export function asInterruption(error: unknown): unknown {
  if (isOwn(error)) return error
  return new Fault('interrupted', { continuable: true }, { cause: error })
}

const isOwn = (error: unknown) => error instanceof Fault || isAbort(error)
const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError'

/**
 * What the events of one read say, neighbouring text joined: whoever reads on pays for each item, and
 * what arrived together is shown together anyway.
 */
function readTogether(reply: ReplyReader, events: readonly SseEvent[]) {
  const items: ProviderEvent[] = []
  for (const { event, data } of events) {
    if (data.trim() === '[DONE]') return { items, isDone: true }
    for (const item of reply.readChunk(parsed(data, event), event)) push(items, item)
    if (reply.fault) break
  }
  return { items, isDone: false }
}

/** Adds an event, joined with the one before where both are text of one kind. */
export function push(items: ProviderEvent[], item: ProviderEvent): void {
  const last = items.at(-1)
  const isText = item.type === 'content' || item.type === 'reasoning'
  if (isText && last?.type === item.type) last.content += item.content
  else items.push(item)
}

type OpenedReply =
  | { type: 'events'; reader: ByteReader }
  /** A provider may answer a request for a stream with one JSON body, and the other way round. */
  | { type: 'completion'; completion: unknown }

async function openReply(
  response: Response,
  reply: ReplyReader,
  alive: () => void,
): Promise<OpenedReply> {
  if (!response.body) throw badReply('an empty body')
  const mediaType = mediaTypeOf(response)
  const { first, reader } = await openBody(response.body, alive).catch((error: unknown) => {
    throw asInterruption(error)
  })
  if (first === '') throw badReply('an empty body')
  if (first === '{' || first === '[') {
    const text = await readText(reader, completionBytesMax, alive).catch((error: unknown) => {
      throw asInterruption(error)
    })
    return { type: 'completion', completion: completionOf(text, mediaType, reply) }
  }
  // The fields of an event stream and its comments begin like this.
  const isStream = mediaType === 'text/event-stream' ? first !== '<' : ':deir'.includes(first)
  if (isStream) return { type: 'events', reader }
  await reader.cancel().catch(() => {})
  throw badReply(`${mediaType || 'no content type'} instead of an event stream`)
}

export function mediaTypeOf(response: Response): string {
  return (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? ''
}

function completionOf(text: string, mediaType: string, reply: ReplyReader): unknown {
  const completion = jsonIn(text)
  if (completion === undefined) throw badReply('JSON that breaks off')
  if (reply.isCompletion(completion) || errorIn(completion, 'message')) return completion
  throw badReply(`${mediaType || 'JSON'} instead of an event stream`)
}

/** A line that is not JSON says nothing, unless it is the text of an error. */
function parsed(data: string, event: string): unknown {
  const chunk = jsonIn(data)
  if (chunk !== undefined) return chunk
  return event === 'error' ? data : null
}

/** Whether `body` is an object with a list under `name`. */
export function hasList(body: unknown, name: string): boolean {
  return Array.isArray(fieldsOf(body)?.[name])
}
