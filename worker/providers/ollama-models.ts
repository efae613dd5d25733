import type { Upstream } from '../platform/upstream.ts'
import { Fault } from '../platform/fault.ts'
import { bareModel } from './bare-model.ts'
import { routeUrl } from './base-url.ts'
import { isModelId } from './model-id.ts'
import { countOf, fieldsOf, listOf, textOf, type Fields } from './narrow.ts'
import type { ListedModel, ProviderConnection } from './provider.ts'
import { badReply } from './provider-faults.ts'
import { readJson } from './read-json.ts'
import { bearer, callHeaders } from './request-headers.ts'

const modelsMax = 5_000
const shownMax = 200
const shownAtOnce = 8

/** Refuses what `Provider` promises where no Ollama answers. */
export async function checkOllama(
  connection: ProviderConnection,
  upstream: Upstream,
): Promise<void> {
  const body = await call(connection, upstream, 'version', 'the version of Ollama')
  if (textOf(fieldsOf(body)?.version) === '') {
    throw badReply('other JSON instead of the version of Ollama')
  }
}

/** What is installed, and of the first 200 what each can do: one that will not be shown stays bare. */
export async function listOllamaModels(
  connection: ProviderConnection,
  upstream: Upstream,
): Promise<ListedModel[]> {
  const body = fieldsOf(await call(connection, upstream, 'tags', 'a list of models'))
  if (!body || !('models' in body)) throw badReply('other JSON instead of a list of models')
  const ids = listOf(body.models).map(rawIdOf).filter(isModelId)
  const models = [...new Set(ids)].slice(0, modelsMax).map(bareModel)
  const waiting = models.slice(0, shownMax).values()
  const show = async () => {
    // All share the one iterator, so each model is shown once.
    for (const model of waiting) {
      Object.assign(model, await detailsOf(model.rawId, connection, upstream))
    }
  }
  await Promise.all(Array.from({ length: shownAtOnce }, show))
  return models
}

function rawIdOf(entry: unknown): string {
  const fields = fieldsOf(entry)
  return textOf(fields?.model) || textOf(fields?.name)
}

async function detailsOf(
  model: string,
  connection: ProviderConnection,
  upstream: Upstream,
): Promise<Partial<ListedModel>> {
  try {
    const shown = await call(connection, upstream, 'show', 'a model', { model })
    const fields = fieldsOf(shown) ?? {}
    return { contextWindow: contextOf(fieldsOf(fields.model_info)), ...abilitiesOf(fields) }
  } catch (error) {
    // When the time is up, the list is still worth having.
    const isTimeUp = error instanceof Error && /^(?:Timeout|Abort)Error$/.test(error.name)
    if (error instanceof Fault || isTimeUp) return {}
    throw error
  }
}

/** The length is named after the model's architecture; models that see have further ones inside. */
function contextOf(info: Fields | null): number | null {
  if (!info) return null
  const own = countOf(info[`${textOf(info['general.architecture'])}.context_length`])
  const names = Object.keys(info).filter((name) => /^[^.]+\.context_length$/.test(name))
  return own || countOf(info[names[0] ?? '']) || null
}

function abilitiesOf({ capabilities }: Fields): Partial<ListedModel> {
  if (!Array.isArray(capabilities)) return {}
  const has = (name: string) => capabilities.includes(name)
  const chats = has('completion')
  return {
    kind: has('embedding') ? (chats ? 'both' : 'embedding') : chats ? 'chat' : null,
    capabilities: { vision: has('vision'), tools: has('tools'), reasoning: has('thinking') },
  }
}

async function call(
  connection: ProviderConnection,
  upstream: Upstream,
  route: string,
  wanted: string,
  body?: Fields,
): Promise<object> {
  const response = await upstream.fetch(routeUrl(connection.baseUrl, `api/${route}`), {
    method: body ? 'POST' : 'GET',
    headers: callHeaders(connection, bearer(connection)),
    ...(body && { body: JSON.stringify(body) }),
  })
  return readJson(response, wanted, connection, upstream)
}
