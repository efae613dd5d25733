import type { Upstream } from '../platform/upstream.ts'
import { routeUrl, versionedBaseUrl } from './base-url.ts'
import { keyHeader, modelRoute } from './google-genai-address.ts'
import { embedByGoogle } from './google-genai-embed.ts'
import { GoogleReply } from './google-genai-reply.ts'
import { contentsBody } from './google-genai-request.ts'
import { countOf, fieldsOf, listOf, textOf } from './narrow.ts'
import { firstCallOnly } from './one-call.ts'
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

/** Google's Gemini API. */
export const googleGenai: Provider = {
  id: 'google_genai',
  label: 'Google Gemini',
  fields: ['modelIds'],
  baseUrlDefault: 'https://generativelanguage.googleapis.com/v1beta',
  authDefault: 'key',
  baseUrlOf: (given) => versionedBaseUrl(given, 'v1beta'),
  stream: (request, connection, upstream) =>
    send(request, connection, upstream, ['streamGenerateContent', { alt: 'sse' }]),
  complete: (request, connection, upstream) =>
    send(request, connection, upstream, ['generateContent', {}]),
  embed: embedByGoogle,
  listModels: (connection, upstream) => {
    const url = routeUrl(connection.baseUrl, 'models', { pageSize: '1000' })
    const address = { url, headers: keyHeader(connection) }
    return listOpenAiModels(address, connection, upstream, listedModel)
  },
}

async function* send(
  request: ProviderRequest,
  connection: ProviderConnection,
  upstream: Upstream,
  [method, query]: [method: string, query: Record<string, string>],
): AsyncGenerator<ProviderEvent> {
  const route = modelRoute(request.model, method)
  const response = await upstream.fetch(routeUrl(connection.baseUrl, route, query), {
    method: 'POST',
    headers: callHeaders(connection, keyHeader(connection), request.custom),
    body: JSON.stringify(contentsBody(request)),
  })
  if (!response.ok) throw await refusalOf(response, connection, upstream)
  const reply = playReply(response, new GoogleReply(secretsOf(connection)), upstream)
  yield* request.options?.parallelToolCalls === false ? firstCallOnly(reply) : reply
}

/** Null for what neither chats nor embeds: this list has makers of videos and speech, too. */
function listedModel(entry: unknown): ListedModel | null {
  const fields = fieldsOf(entry)
  const rawId = textOf(fields?.name).replace(/^models\//, '')
  if (!fields || rawId === '') return null
  const methods = listOf(fields.supportedGenerationMethods)
  const chats = methods.includes('generateContent')
  const embeds = methods.includes('embedContent')
  if (methods.length > 0 && !chats && !embeds) return null
  const label = textOf(fields.displayName)
  return {
    rawId,
    label: label === '' || label === rawId ? null : label,
    kind: chats && embeds ? 'both' : chats ? 'chat' : embeds ? 'embedding' : null,
    contextWindow: countOf(fields.inputTokenLimit) || null,
    outputTokens: countOf(fields.outputTokenLimit) || null,
    capabilities: typeof fields.thinking === 'boolean' ? { reasoning: fields.thinking } : {},
  }
}
