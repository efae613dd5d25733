import type { Upstream } from '../platform/upstream.ts'
import { routeUrl } from './base-url.ts'
import { vectorsIn } from './embedded.ts'
import { keyHeader, modelRoute, resourceName } from './google-genai-address.ts'
import { countOf, fieldsOf, listOf } from './narrow.ts'
import type { Embedded, EmbeddingRequest, ProviderConnection } from './provider.ts'
import { readJson } from './read-json.ts'
import { callHeaders } from './request-headers.ts'
import { countedUsage } from './usage.ts'

/** As many as one call takes. */
const inputsMax = 100

/** The vectors of some texts, by as many calls as they need. */
export async function embedByGoogle(
  request: EmbeddingRequest,
  connection: ProviderConnection,
  upstream: Upstream,
): Promise<Embedded> {
  const vectors: number[][] = []
  let tokens = 0
  for (let from = 0; from < request.inputs.length; from += inputsMax) {
    const inputs = request.inputs.slice(from, from + inputsMax)
    const body = await embedSome({ ...request, inputs }, connection, upstream)
    const values = listOf(body?.embeddings).map((each) => fieldsOf(each)?.values)
    vectors.push(...vectorsIn(values, { ...request, inputs }))
    tokens += countOf(fieldsOf(body?.usageMetadata)?.promptTokenCount) ?? 0
  }
  const usage = countedUsage({
    inputTokens: tokens,
    outputTokens: 0,
    reasoningTokens: null,
    cachedTokens: null,
    totalTokens: null,
  })
  return { vectors, usage }
}

async function embedSome(
  { model, inputs, dimensions }: EmbeddingRequest,
  connection: ProviderConnection,
  upstream: Upstream,
) {
  const route = modelRoute(model, 'batchEmbedContents')
  const requests = inputs.map((text) => ({
    model: resourceName(model),
    content: { parts: [{ text }] },
    ...(dimensions !== null && { outputDimensionality: dimensions }),
  }))
  const response = await upstream.fetch(routeUrl(connection.baseUrl, route), {
    method: 'POST',
    headers: callHeaders(connection, keyHeader(connection)),
    body: JSON.stringify({ requests }),
  })
  return fieldsOf(await readJson(response, 'embeddings', connection, upstream))
}
