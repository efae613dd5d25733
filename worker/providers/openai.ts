import type { Upstream } from '../platform/upstream.ts'
import { openAiBaseUrl, routeUrl } from './base-url.ts'
import { listOpenAiModels } from './openai-models.ts'
import { chatBody } from './openai-request.ts'
import { playChat } from './play-chat.ts'
import type {
  PassedCall,
  Provider,
  ProviderConnection,
  ProviderEvent,
  ProviderRequest,
} from './provider.ts'
import { bearer, callHeaders } from './request-headers.ts'
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
  passes: {
    chat: (connection, rawId) => passed(connection, rawId, 'chat/completions'),
    embeddings: (connection, rawId) => passed(connection, rawId, 'embeddings'),
  },
  listModels: (connection, upstream) =>
    listOpenAiModels(
      { url: routeUrl(connection.baseUrl, 'models'), headers: bearer(connection) },
      connection,
      upstream,
    ),
}

function chat(
  request: ProviderRequest,
  connection: ProviderConnection,
  upstream: Upstream,
  isStreamed: boolean,
): AsyncIterable<ProviderEvent> {
  const dialect = dialectOf(connection)
  const call = {
    url: routeUrl(connection.baseUrl, 'chat/completions'),
    headers: callHeaders(connection, bearer(connection), request.custom),
    body: chatBody(request, dialect, isStreamed),
    asksForUsage: isStreamed && dialect.streamOptions,
  }
  return playChat(call, connection, upstream)
}

function passed(connection: ProviderConnection, rawId: string, route: string): PassedCall {
  return {
    url: routeUrl(connection.baseUrl, route),
    headers: callHeaders(connection, bearer(connection)),
    model: rawId,
    asksForUsage: dialectOf(connection).streamOptions && !connection.withoutStreamOptions,
  }
}
