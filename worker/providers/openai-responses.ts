import type { Upstream } from '../platform/upstream.ts'
import { openAiBaseUrl, routeUrl } from './base-url.ts'
import { listOpenAiModels } from './openai-models.ts'
import { playReply, refusalOf } from './play-reply.ts'
import type {
  PassedCall,
  Provider,
  ProviderConnection,
  ProviderEvent,
  ProviderRequest,
} from './provider.ts'
import { bearer, callHeaders, secretsOf } from './request-headers.ts'
import { ResponsesReply } from './responses-reply.ts'
import { responsesBody, unsupportedByResponses } from './responses-request.ts'
import { dialectOf } from './vendors.ts'

/** OpenAI's Responses and everything that speaks like them. */
export const openaiResponses: Provider = {
  id: 'openai_responses',
  label: 'OpenAI Responses',
  fields: ['modelIds'],
  baseUrlDefault: 'https://api.openai.com/v1',
  authDefault: 'key',
  baseUrlOf: openAiBaseUrl,
  stream: (request, connection, upstream) => respond(request, connection, upstream, true),
  complete: (request, connection, upstream) => respond(request, connection, upstream, false),
  unsupported: unsupportedByResponses,
  passes: {
    embeddings: (connection, rawId) => passed(connection, rawId, 'embeddings'),
    responses: (connection, rawId) => passed(connection, rawId, 'responses'),
  },
  listModels: (connection, upstream) =>
    listOpenAiModels(
      { url: routeUrl(connection.baseUrl, 'models'), headers: bearer(connection) },
      connection,
      upstream,
    ),
}

function passed(connection: ProviderConnection, rawId: string, route: string): PassedCall {
  return {
    url: routeUrl(connection.baseUrl, route),
    headers: callHeaders(connection, bearer(connection)),
    model: rawId,
    asksForUsage: false,
  }
}

async function* respond(
  request: ProviderRequest,
  connection: ProviderConnection,
  upstream: Upstream,
  isStreamed: boolean,
): AsyncGenerator<ProviderEvent> {
  const response = await upstream.fetch(routeUrl(connection.baseUrl, 'responses'), {
    method: 'POST',
    headers: callHeaders(connection, bearer(connection), request.custom),
    body: JSON.stringify(responsesBody(request, dialectOf(connection), isStreamed)),
  })
  if (!response.ok) throw await refusalOf(response, connection, upstream)
  yield* playReply(response, new ResponsesReply(secretsOf(connection)), upstream)
}
