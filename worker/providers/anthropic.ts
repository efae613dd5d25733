import type { Upstream } from '../platform/upstream.ts'
import { AnthropicReply } from './anthropic-reply.ts'
import { messagesBody, unsupportedByAnthropic } from './anthropic-request.ts'
import { routeUrl, versionedBaseUrl } from './base-url.ts'
import { countOf, fieldsOf, textOf } from './narrow.ts'
import { listOpenAiModels } from './openai-models.ts'
import { playReply, refusalOf } from './play-reply.ts'
import type {
  ListedModel,
  Provider,
  ProviderConnection,
  ProviderEvent,
  ProviderRequest,
} from './provider.ts'
import { callHeaders, secretsOf } from './request-headers.ts'

/** Anthropic's messages. */
export const anthropic: Provider = {
  id: 'anthropic',
  label: 'Anthropic',
  fields: ['modelIds'],
  baseUrlDefault: 'https://api.anthropic.com/v1',
  authDefault: 'key',
  baseUrlOf: (given) => versionedBaseUrl(given, 'v1'),
  stream: (request, connection, upstream) => send(request, connection, upstream, true),
  complete: (request, connection, upstream) => send(request, connection, upstream, false),
  unsupported: unsupportedByAnthropic,
  listModels: (connection, upstream) => {
    const url = routeUrl(connection.baseUrl, 'models', { limit: '1000' })
    const address = { url, headers: ownHeaders(connection) }
    return listOpenAiModels(address, connection, upstream, listedModel)
  },
}

async function* send(
  request: ProviderRequest,
  connection: ProviderConnection,
  upstream: Upstream,
  isStreamed: boolean,
): AsyncGenerator<ProviderEvent> {
  const response = await upstream.fetch(routeUrl(connection.baseUrl, 'messages'), {
    method: 'POST',
    headers: callHeaders(connection, ownHeaders(connection), request.custom),
    body: JSON.stringify(messagesBody(request, isStreamed)),
  })
  if (!response.ok) throw await refusalOf(response, connection, upstream)
  yield* playReply(response, new AnthropicReply(secretsOf(connection)), upstream)
}

function ownHeaders({ apiKey }: ProviderConnection): Record<string, string> {
  return { 'anthropic-version': '2023-06-01', ...(apiKey ? { 'x-api-key': apiKey } : {}) }
}

function listedModel(entry: unknown): ListedModel | null {
  const fields = fieldsOf(entry)
  const rawId = textOf(fields?.id)
  if (!fields || rawId === '') return null
  const label = textOf(fields.display_name)
  const capabilities = fieldsOf(fields.capabilities)
  const vision = fieldsOf(capabilities?.image_input)?.supported
  const reasoning = fieldsOf(capabilities?.thinking)?.supported
  return {
    rawId,
    label: label === '' || label === rawId ? null : label,
    kind: 'chat',
    contextWindow: countOf(fields.max_input_tokens) || null,
    outputTokens: countOf(fields.max_tokens) || null,
    capabilities: {
      ...(typeof vision === 'boolean' && { vision }),
      ...(typeof reasoning === 'boolean' && { reasoning }),
    },
  }
}
