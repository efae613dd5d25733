import type { CapabilityFlag } from '../contract/models.ts'
import type { Upstream } from '../platform/upstream.ts'
import { urlWith } from './base-url.ts'
import { countOf, fieldsOf, listOf, textOf, type Fields } from './narrow.ts'
import type { ListedModel, ProviderConnection } from './provider.ts'
import { isModelId } from './model-id.ts'
import { readJson } from './read-json.ts'
import { callHeaders } from './request-headers.ts'

const modelsMax = 5_000
const pagesMax = 100

/** Where a list is and how one asks for it. */
export interface ModelListAddress {
  url: string
  /** Those that carry the key. */
  headers: Readonly<Record<string, string>>
}

/** Every page of a model list, whoever's paging it is. `modelOf` reads an entry; null leaves it out. */
export async function listOpenAiModels(
  address: ModelListAddress,
  connection: ProviderConnection,
  upstream: Upstream,
  modelOf: (entry: unknown) => ListedModel | null = listedModel,
): Promise<ListedModel[]> {
  const found = new Map<string, ListedModel>()
  let query: Record<string, string> | null = {}
  for (let page = 0; query && page < pagesMax && found.size < modelsMax; page++) {
    const body = await readPage(address, query, connection, upstream)
    const before = found.size
    for (const model of entriesOf(body).map(modelOf)) {
      const isNew = model && isModelId(model.rawId) && !found.has(model.rawId)
      if (isNew && found.size < modelsMax) found.set(model.rawId, model)
    }
    // A server that ignores the cursor sends its first page for ever.
    query = found.size > before ? nextPage(fieldsOf(body)) : null
  }
  return [...found.values()]
}

async function readPage(
  { url, headers }: ModelListAddress,
  query: Record<string, string>,
  connection: ProviderConnection,
  upstream: Upstream,
): Promise<unknown> {
  const response = await upstream.fetch(urlWith(url, query), {
    method: 'GET',
    headers: callHeaders(connection, headers),
  })
  return readJson(response, 'a list of models', connection, upstream)
}

function entriesOf(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body
  const fields = fieldsOf(body)
  return listOf(fields?.data ?? fields?.models)
}

function nextPage(body: Fields | null): Record<string, string> | null {
  const token = textOf(body?.nextPageToken)
  if (token !== '') return { pageToken: token }
  const lastId = textOf(body?.last_id)
  // Anthropic's name for the cursor and OpenAI's; each ignores the other's.
  return body?.has_more === true && lastId !== '' ? { after_id: lastId, after: lastId } : null
}

function listedModel(entry: unknown): ListedModel | null {
  const fields = fieldsOf(entry) ?? { id: entry }
  const rawId = textOf(fields.id) || textOf(fields.name) || textOf(fields.model)
  const label = textOf(fields.display_name) || textOf(fields.name)
  const top = fieldsOf(fields.top_provider)
  return {
    rawId,
    label: label === '' || label === rawId ? null : label,
    kind: kindOf(fields),
    contextWindow: firstLimit(
      fields.max_model_len,
      top?.context_length,
      fields.context_length,
      fields.context_window,
      fields.max_context_length,
      fields.inputTokenLimit,
    ),
    outputTokens: firstLimit(
      top?.max_completion_tokens,
      fields.max_completion_tokens,
      fields.max_output_tokens,
      fields.outputTokenLimit,
    ),
    capabilities: capabilitiesOf(fields),
  }
}

function firstLimit(...values: unknown[]): number | null {
  return values.map(countOf).find((value) => value !== null && value > 0) ?? null
}

function kindOf(fields: Fields): ListedModel['kind'] {
  const type = textOf(fields.type)
  if (/^embeddings?$/.test(type)) return 'embedding'
  const architecture = fieldsOf(fields.architecture)
  const outputs = listOf(architecture?.output_modalities)
  if (outputs.includes('embeddings')) return outputs.includes('text') ? 'both' : 'embedding'
  if (outputs.includes('text') || type === 'chat') return 'chat'
  return fieldsOf(fields.capabilities)?.completion_chat === true ? 'chat' : null
}

/** What routers and servers say their models can do, each in its own words. */
function capabilitiesOf(fields: Fields): Partial<Record<CapabilityFlag, boolean>> {
  const said: Partial<Record<CapabilityFlag, boolean>> = {}
  const architecture = fieldsOf(fields.architecture)
  if (Array.isArray(architecture?.input_modalities)) {
    said.vision = architecture.input_modalities.includes('image')
    said.files = architecture.input_modalities.includes('file')
  }
  if (Array.isArray(architecture?.output_modalities)) {
    said.imageGeneration = architecture.output_modalities.includes('image')
  }
  if (Array.isArray(fields.supported_parameters)) {
    said.tools = fields.supported_parameters.includes('tools')
    said.reasoning = fields.supported_parameters.includes('reasoning')
  }
  const told = fieldsOf(fields.capabilities)
  const direct: [CapabilityFlag, unknown][] = [
    ['vision', told?.vision],
    ['tools', told?.function_calling ?? told?.tools],
    ['reasoning', told?.reasoning],
    ['vision', fields.supports_image_in],
    ['reasoning', fields.supports_reasoning],
  ]
  for (const [flag, value] of direct) if (typeof value === 'boolean') said[flag] = value
  return said
}
