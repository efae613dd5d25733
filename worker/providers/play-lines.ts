import { openBody, type ByteReader } from '../platform/bytes.ts'
import { Fault } from '../platform/fault.ts'
import { readNdjson } from '../platform/ndjson.ts'
import type { Upstream } from '../platform/upstream.ts'
import { jsonIn } from './narrow.ts'
import { asInterruption, mediaTypeOf, push } from './play-reply.ts'
import type { ProviderEvent } from './provider.ts'
import { badReply } from './provider-faults.ts'

/** What an adapter makes of a reply that comes as lines of JSON, fed by `playLines`. */
export interface LineReader {
  readLine(line: unknown): ProviderEvent[]
  /** Whether any line was one of a reply. */
  readonly hasBegun: boolean
  /** Whether a line said that it is the last. */
  readonly isFinished: boolean
  /** The provider's own error, once a line held one; what that line held besides still counts. */
  readonly fault: Fault | null
  /** The last events of a reply that is whole, `stop` at the end. May throw a `Fault`. */
  end(): ProviderEvent[]
}

const wholeCharactersMax = 16 * 1024 * 1024

/**
 * The events of a reply that comes as lines of JSON, or as one JSON body, however that is laid out.
 * Refuses what `Provider` promises; a body that ends before its reply is `interrupted`.
 */
export async function* playLines(
  response: Response,
  reply: LineReader,
  upstream: Upstream,
): AsyncGenerator<ProviderEvent> {
  const mediaType = mediaTypeOf(response) || 'no content type'
  const alive = () => upstream.alive()
  const unread = { text: '' }
  try {
    const reader = await openLines(response, mediaType, alive)
    for await (const lines of readNdjson(reader, alive)) {
      // Not a delegation, which would await each item once more.
      for (const item of readTogether(reply, lines, unread)) yield item
      if (reply.fault) throw reply.fault
      if (reply.isFinished) break
    }
  } catch (error) {
    throw asInterruption(error)
  }
  if (!reply.hasBegun) yield* readWhole(reply, unread.text, mediaType)
  // A cut connection can look like a clean end; only the last line proves the reply is whole.
  if (!reply.isFinished) throw new Fault('interrupted', { continuable: true })
  yield* reply.end()
}

/** One body over several lines, none of which says anything by itself. */
function readWhole(reply: LineReader, text: string, mediaType: string): ProviderEvent[] {
  const whole = jsonIn(text)
  const events = reply.readLine(whole)
  if (reply.fault) throw reply.fault
  const isCutOff = whole === undefined && mediaType.includes('json')
  if (!reply.hasBegun && !isCutOff) throw badReply(`${mediaType} instead of lines of JSON`)
  return events
}

async function openLines(
  response: Response,
  mediaType: string,
  alive: () => void,
): Promise<ByteReader> {
  if (!response.body) throw badReply('an empty body')
  const { first, reader } = await openBody(response.body, alive)
  if (first === '') throw badReply('an empty body')
  if (first === '{' || first === '[') return reader
  await reader.cancel().catch(() => {})
  throw badReply(`${mediaType} instead of lines of JSON`)
}

/** What the lines of one read say, neighbouring text joined. A line that is not JSON says nothing. */
function readTogether(
  reply: LineReader,
  lines: readonly string[],
  unread: { text: string },
): ProviderEvent[] {
  const items: ProviderEvent[] = []
  for (const line of lines) {
    for (const item of reply.readLine(jsonIn(line))) push(items, item)
    if (reply.fault || reply.isFinished) break
    const isFirst = !reply.hasBegun && unread.text.length + line.length <= wholeCharactersMax
    if (isFirst) unread.text += `${line}\n`
  }
  return items
}
