import { openBody, readText, type ByteReader } from '../platform/bytes.ts'
import type { Upstream } from '../platform/upstream.ts'
import { Fault } from '../platform/fault.ts'
import { fieldsOf, jsonIn, type Fields } from '../providers/narrow.ts'
import { errorText, mediaTypeOf, refusalOf } from '../providers/play-reply.ts'
import type { PassedCall, ProviderConnection } from '../providers/provider.ts'
import { badReply, errorIn, faultOfError, faultOfReply } from '../providers/provider-faults.ts'
import { secretsOf } from '../providers/request-headers.ts'
import { usageOf } from '../providers/usage.ts'
import type { HandOn } from './answer.ts'
import type { CallAccount } from './call-account.ts'
import { PassedStream } from './chat-completions/passed-stream.ts'
import type { PassedReader } from './passed-reader.ts'
import { renamed } from './rename-model.ts'

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
  /** Called when the upstream refused to be asked for usage, and answers without. */
  onWithoutStreamOptions?: (() => Promise<void>) | undefined
  /** Whether it answers with vectors, for which only the prompt is charged. */
  isVectors?: boolean
}

const bodyBytesMax = 64 * 1024 * 1024

/** Hands the upstream's stream on, in whole events. */
export async function passStream(
  { call, connection, body, model, account, newReader, onWithoutStreamOptions }: CallToPass,
  upstream: Upstream,
  handOn: HandOn,
): Promise<void> {
  const includeUsage = fieldsOf(body.stream_options)?.include_usage === true
  const choices = typeof body.n === 'number' ? body.n : 1
  const asked = { call, connection, body, onWithoutStreamOptions }
  const response = await openStream(asked, upstream)
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
    newReader?.(secrets) ?? new PassedStream({ model, includeUsage, choices, secrets, account })
  await readOn(stream, { reader, alive, handOn })
}

/** Reads to the end of the answer, and not to that of the connection, which may stay open. */
async function readOn(
  stream: PassedReader,
  { reader, alive, handOn }: { reader: ByteReader; alive: () => void; handOn: HandOn },
): Promise<void> {
  const decoder = new TextDecoder()
  try {
    while (!stream.isOver) {
      const { done, value } = await reader.read()
      if (done || !value) {
        await handOn(stream.end(decoder.decode()))
        break
      }
      alive()
      const wait = handOn(stream.take(decoder.decode(value, { stream: true })))
      // Mostly there is nothing to wait for, and to wait for nothing costs a turn with each token.
      if (wait) await wait
      stream.requireGood()
    }
    stream.requireGood()
  } catch (error) {
    if (error instanceof Fault || !stream.isWhole) throw error
  }
  if (!stream.isWhole) throw new Fault('interrupted', { continuable: true })
}

/** Asks for a stream; once more without asking for usage, where that is what is refused. */
async function openStream(
  {
    call,
    connection,
    body,
    onWithoutStreamOptions,
  }: Pick<CallToPass, 'call' | 'connection' | 'body' | 'onWithoutStreamOptions'>,
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
  await onWithoutStreamOptions?.()
  return again
}

/** The upstream's reply in one piece, as it came but for the name of the model. */
export async function passWhole(
  { call, connection, body, model, account, isVectors = false }: CallToPass,
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
  account.produce(isVectors ? 0 : Math.ceil(text.length / 8))
  return withModel(text, reply, model)
}

function withModel(text: string, reply: Fields, model: string): string {
  if (reply.model === undefined) return text
  const isRight = (changed: string) => fieldsOf(jsonIn(changed))?.model === model
  return renamed(text, model, isRight) ?? JSON.stringify({ ...reply, model })
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
