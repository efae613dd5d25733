import type { Upstream } from '../platform/upstream.ts'
import { ChatReply } from './chat-reply.ts'
import type { Fields } from './narrow.ts'
import { errorText, playReply } from './play-reply.ts'
import type { ProviderConnection, ProviderEvent } from './provider.ts'
import { faultOfReply } from './provider-faults.ts'
import { secretsOf } from './request-headers.ts'

/** A chat completion about to be asked for. */
interface ChatCall {
  url: string
  headers: Headers
  body: Fields
  /** Whether usage has to be asked for, where the connection takes the question. */
  asksForUsage: boolean
}

/** Makes the call, once more without `stream_options` where those are refused, and plays its reply. */
export async function* playChat(
  call: ChatCall,
  connection: ProviderConnection,
  upstream: Upstream,
): AsyncGenerator<ProviderEvent> {
  const { response, learned } = await send(call, connection, upstream)
  if (learned) yield { type: 'without-stream-options' }
  yield* playReply(response, new ChatReply(secretsOf(connection)), upstream)
}

interface Sent {
  response: Response
  /** The upstream has just refused `stream_options`. */
  learned: boolean
}

async function send(
  { url, headers, body, ...call }: ChatCall,
  connection: ProviderConnection,
  upstream: Upstream,
): Promise<Sent> {
  const post = (content: object) =>
    upstream.fetch(url, { method: 'POST', headers, body: JSON.stringify(content) })
  const asksForUsage = call.asksForUsage && !connection.withoutStreamOptions
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
