import type { Upstream } from '../platform/upstream.ts'
import { openAiBaseUrl, routeUrl } from './base-url.ts'
import { ChatReply } from './chat-reply.ts'
import { listOpenAiModels } from './openai-models.ts'
import { chatBody } from './openai-request.ts'
import { errorText, playReply } from './play-reply.ts'
import type { Provider, ProviderConnection, ProviderEvent, ProviderRequest } from './provider.ts'
import { faultOfReply } from './provider-faults.ts'
import { bearer, callHeaders, secretsOf } from './request-headers.ts'
import { dialectOf } from './vendors.ts'

/** OpenAI's chat completions and everything that speaks like them. */
export const openai: Provider = {
  id: 'openai',
  label: 'OpenAI-compatible',
  fields: ['vendor', 'modelIds'],
  baseUrlDefault: 'https://api.openai.com/v1',
  authDefault: 'key',
  baseUrlOf: openAiBaseUrl,
  stream: (request, connection, upstream) => chat(request, connection, upstream, true),
  complete: (request, connection, upstream) => chat(request, connection, upstream, false),
  listModels: (connection, upstream) =>
    listOpenAiModels(
      { url: routeUrl(openAiBaseUrl(connection.baseUrl), 'models'), headers: bearer(connection) },
      connection,
      upstream,
    ),
}

async function* chat(
  request: ProviderRequest,
  connection: ProviderConnection,
  upstream: Upstream,
  isStreamed: boolean,
): AsyncGenerator<ProviderEvent> {
  const { response, learned } = await send(request, connection, upstream, isStreamed)
  if (learned) yield { type: 'without-stream-options' }
  yield* playReply(response, new ChatReply(secretsOf(connection)), upstream)
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
  const headers = callHeaders(connection, bearer(connection), request.custom)
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
