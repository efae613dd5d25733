import type { Upstream } from '../platform/upstream.ts'
import { routeUrl } from './base-url.ts'
import { vectorsIn } from './embedded.ts'
import { countOf, fieldsOf } from './narrow.ts'
import type { Embedded, EmbeddingRequest, ProviderConnection } from './provider.ts'
import { readJson } from './read-json.ts'
import { bearer, callHeaders } from './request-headers.ts'
import { countedUsage } from './usage.ts'

/** The vectors of some texts, in one call. */
export async function embedByOllama(
  request: EmbeddingRequest,
  connection: ProviderConnection,
  upstream: Upstream,
): Promise<Embedded> {
  const { model, inputs, dimensions } = request
  const response = await upstream.fetch(routeUrl(connection.baseUrl, 'api/embed'), {
    method: 'POST',
    headers: callHeaders(connection, bearer(connection)),
    body: JSON.stringify({ model, input: inputs, ...(dimensions !== null && { dimensions }) }),
  })
  const body = fieldsOf(await readJson(response, 'embeddings', connection, upstream))
  return {
    vectors: vectorsIn(body?.embeddings, request),
    usage: countedUsage({
      inputTokens: countOf(body?.prompt_eval_count),
      outputTokens: 0,
      reasoningTokens: null,
      cachedTokens: null,
      totalTokens: null,
    }),
  }
}
