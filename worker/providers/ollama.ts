import type { Upstream } from '../platform/upstream.ts'
import { ollamaBaseUrl, routeUrl } from './base-url.ts'
import { embedByOllama } from './ollama-embed.ts'
import { checkOllama, listOllamaModels } from './ollama-models.ts'
import { OllamaReply } from './ollama-reply.ts'
import { ollamaBody, unsupportedByOllama } from './ollama-request.ts'
import { firstCallOnly } from './one-call.ts'
import { playLines } from './play-lines.ts'
import { refusalOf } from './play-reply.ts'
import type { Provider, ProviderConnection, ProviderEvent, ProviderRequest } from './provider.ts'
import { bearer, callHeaders, secretsOf } from './request-headers.ts'

/** Ollama's own API, which knows more of a local model than the one it shares with OpenAI. */
export const ollama: Provider = {
  id: 'ollama',
  label: 'Ollama',
  fields: ['numCtx', 'modelIds'],
  baseUrlDefault: 'http://localhost:11434',
  authDefault: 'none',
  reasoningControl: 'think',
  baseUrlOf: ollamaBaseUrl,
  stream: (request, connection, upstream) => chat(request, connection, upstream, true),
  complete: (request, connection, upstream) => chat(request, connection, upstream, false),
  unsupported: unsupportedByOllama,
  embed: embedByOllama,
  probe: checkOllama,
  listModels: listOllamaModels,
}

async function* chat(
  request: ProviderRequest,
  connection: ProviderConnection,
  upstream: Upstream,
  isStreamed: boolean,
): AsyncGenerator<ProviderEvent> {
  const response = await upstream.fetch(routeUrl(connection.baseUrl, 'api/chat'), {
    method: 'POST',
    headers: callHeaders(connection, bearer(connection), request.custom),
    body: JSON.stringify(ollamaBody(request, connection, isStreamed)),
  })
  if (!response.ok) throw await refusalOf(response, connection, upstream)
  const reply = playLines(response, new OllamaReply(secretsOf(connection)), upstream)
  yield* request.options?.parallelToolCalls === false ? firstCallOnly(reply) : reply
}
