import { openBody, readText, type ByteReader } from '../platform/bytes.ts'
import type { Upstream } from '../platform/upstream.ts'
import { Fault } from '../platform/fault.ts'
import { fieldsOf, jsonIn, type Fields } from '../providers/narrow.ts'
import { errorText, mediaTypeOf, refusalOf } from '../providers/play-reply.ts'
import type { PassedCall, ProviderConnection } from '../providers/provider.ts'
import { badReply, errorIn, faultOfError, faultOfReply } from '../providers/provider-faults.ts'
import { secretsOf } from '../providers/request-headers.ts'
import { usageOf } from '../providers/usage.ts'
import type { CallAccount } from './call-account.ts'
import { PassedStream } from './chat-completions/passed-stream.ts'

/** A call to an upstream that speaks as its caller does. */
export interface CallToPass {
  call: PassedCall
  connection: ProviderConnection
  /** As it came, with only the model another. */
  body: Fields
  /** The name the caller knows the model by. */
  model: string
  account: CallAccount
  /** Reads its stream; without it, as one of a chat completion. */
  newReader?: (secrets: readonly string[]) => PassedReader
}

/** Reads an upstream's stream on its way through. */
export interface PassedReader {
  /** Whether nothing is missing from the answer: what breaks from here on takes nothing away. */
  readonly isWhole: boolean
  /** Whether nothing more is to come. */
  readonly isOver: boolean
  /** What of `text` and the rest before it can go on. Throws the upstream's error. */
  take(text: string): string
}

const bodyBytesMax = 64 * 1024 * 1024

/** The upstream's stream on its way through, in whole events. */
export async function* passStream(
  { call, connection, body, model, account, newReader }: CallToPass,
  upstream: Upstream,
): AsyncGenerator<string> {
  const includeUsage = fieldsOf(body.stream_options)?.include_usage === true
  const response = await openStream({ call, connection, body }, upstream)
  if (mediaTypeOf(response) === 'application/json')
    throw await notAStream(response, connection, upstream)
  if (!response.body) throw badReply('an empty body')
  const alive = () => upstream.alive()
  const { first, reader } = await openBody(response.body, alive)
  if (first === '') throw badReply('an empty body')
  if (first === '<' || first === '{')
    throw badReply(`${mediaTypeOf(response)} instead of an event stream`)
  const secrets = secretsOf(connection)
  const stream: PassedReader =
    newReader?.(secrets) ?? new PassedStream({ model, includeUsage, secrets, account })
  yield* readOn(stream, reader, alive)
}

/** Reads to the end of the answer, and not to that of the connection, which may stay open. */
async function* readOn(
  stream: PassedReader,
  reader: ByteReader,
  alive: () => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  try {
    while (!stream.isOver) {
      const { done, value } = await reader.read()
      if (done || !value) {
        yield stream.take(`${decoder.decode()}\n\n`).replace(/\n\n$/, '')
        break
      }
      alive()
      yield stream.take(decoder.decode(value, { stream: true }))
    }
  } catch (error) {
    if (error instanceof Fault || !stream.isWhole) throw error
  }
  if (!stream.isWhole) throw new Fault('interrupted', { continuable: true })
}

/** Asks for a stream; once more without asking for usage, where that is what is refused. */
async function openStream(
  { call, connection, body }: Pick<CallToPass, 'call' | 'connection' | 'body'>,
  upstream: Upstream,
): Promise<Response> {
  const post = (content: Fields) => send(call, content, upstream)
  if (!call.asksForUsage) {
    const response = await post(body)
    if (!response.ok) throw await refusalOf(response, connection, upstream)
    return response
  }
  const options = { ...fieldsOf(body.stream_options), include_usage: true }
  const response = await post({ ...body, stream_options: options })
  if (response.ok) return response
  const said = await errorText(response, upstream)
  const isAboutOptions = [400, 422].includes(response.status) && said.includes('stream_options')
  if (!isAboutOptions) throw faultOfReply(response, said, secretsOf(connection))
  const again = await post({ ...body, stream_options: undefined })
  if (!again.ok) throw await refusalOf(again, connection, upstream)
  return again
}

/** The upstream's reply in one piece, as it came but for the name of the model. */
export async function passWhole(
  { call, connection, body, model, account }: CallToPass,
  upstream: Upstream,
): Promise<string> {
  const response = await send(call, body, upstream)
  if (!response.ok) throw await refusalOf(response, connection, upstream)
  if (!response.body) throw badReply('an empty body')
  const text = await readText(response.body.getReader(), bodyBytesMax, () => upstream.alive())
  const reply = fieldsOf(jsonIn(text))
  if (!reply) throw badReply(`${mediaTypeOf(response) || 'no content type'} instead of JSON`)
  const error = errorIn(reply, 'message')
  if (error !== undefined) throw faultOfError(error, secretsOf(connection))
  account.usage = usageOf(reply.usage)
  // What it holds is told by the bytes: usage is seldom missing from a whole reply.
  account.produce(Math.ceil(text.length / 8))
  return withModel(text, reply, model)
}

/** Only the first field of that name is the reply's own, unless something deeper comes before it. */
function withModel(text: string, reply: Fields, model: string): string {
  const at = /"model"\s*:\s*"(?:[^"\\]|\\.)*"/.exec(text)
  if (!at) return text
  const field = `"model":${JSON.stringify(model)}`
  const renamed = text.slice(0, at.index) + field + text.slice(at.index + at[0].length)
  const isRight = fieldsOf(jsonIn(renamed))?.model === model
  return isRight ? renamed : JSON.stringify({ ...reply, model })
}

function send({ url, headers, model }: PassedCall, body: Fields, upstream: Upstream) {
  const content = JSON.stringify({ ...body, model })
  return upstream.fetch(url, { method: 'POST', headers, body: content })
}

async function notAStream(
  response: Response,
  connection: ProviderConnection,
  upstream: Upstream,
): Promise<Fault> {
  const said = await errorText(response, upstream)
  const error = errorIn(jsonIn(said), 'message')
  return error === undefined
    ? badReply('JSON instead of an event stream')
    : faultOfError(error, secretsOf(connection))
}
