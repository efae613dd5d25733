import { Fault } from '../platform/fault.ts'
import type { Upstream } from '../platform/upstream.ts'
import { bareModel } from './bare-model.ts'
import { routeUrl } from './base-url.ts'
import { knownModel } from './known-models.ts'
import { openAiGeneration } from './model-family.ts'
import type { Fields } from './narrow.ts'
import { chatBody } from './openai-request.ts'
import { playChat } from './play-chat.ts'
import type {
  ListedModel,
  PassedCall,
  Provider,
  ProviderConnection,
  ProviderEvent,
  ProviderRequest,
} from './provider.ts'
import { callHeaders } from './request-headers.ts'
import { dialectOf } from './vendors.ts'

const versionDefault = '2024-10-21'

/** OpenAI's chat completions as Azure serves them: by deployment, and in versions. */
export const azureOpenai: Provider = {
  id: 'azure_openai',
  label: 'Azure OpenAI',
  fields: ['azureApiVersion', 'modelIds'],
  baseUrlDefault: null,
  authDefault: 'key',
  listsLocally: true,
  baseUrlOf: resourceUrl,
  modelsOf: deployments,
  stream: (request, connection, upstream) => chat(request, connection, upstream, true),
  complete: (request, connection, upstream) => chat(request, connection, upstream, false),
  passes: {
    chat: (connection, rawId) => passed(connection, rawId, 'chat/completions'),
    embeddings: (connection, rawId) => passed(connection, rawId, 'embeddings'),
  },
  listModels: ({ modelIds }) => {
    if (modelIds.length > 0) return Promise.resolve(deployments(modelIds))
    const message = 'The names of the deployments are needed: no list of them can be had.'
    return Promise.reject(new Fault('invalid_request', { errors: [{ path: 'modelIds', message }] }))
  },
}

/** The address of the resource, whichever of its routes was pasted. */
function resourceUrl(given: string): string {
  const trimmed = given.trim()
  if (!URL.canParse(trimmed)) return trimmed
  const url = new URL(trimmed)
  const resource = /^(.*?)\/openai(?:\/.*)?$/i.exec(url.pathname)?.[1]
  // The query that came with a route is the route's.
  if (resource !== undefined) url.search = ''
  url.pathname = (resource ?? url.pathname).replace(/\/+$/, '')
  url.hash = ''
  return url.search === '' ? url.href.replace(/\/$/, '') : url.href
}

function deployments(modelIds: readonly string[]): ListedModel[] {
  return modelIds.map(deploymentOf).map(({ rawId, baseModel }) => ({
    ...bareModel(rawId),
    baseModel,
  }))
}

/** A deployment as an administrator names it: alone, or as `name=base-model`. */
function deploymentOf(entry: string): { rawId: string; baseModel: string | null } {
  const [, rawId, baseModel] = /^([^=]+)=(.+)$/.exec(entry) ?? []
  if (rawId === undefined || baseModel === undefined) return { rawId: entry, baseModel: null }
  return { rawId: rawId.trim(), baseModel: baseModel.trim() }
}

async function* chat(
  request: ProviderRequest,
  connection: ProviderConnection,
  upstream: Upstream,
  isStreamed: boolean,
): AsyncGenerator<ProviderEvent> {
  const version = versionOf(connection)
  const { rawId: deployment, baseModel } = deploymentOf(request.model)
  const named = connection.modelIds.map(deploymentOf).find(({ rawId }) => rawId === deployment)
  const model = request.baseModel ?? baseModel ?? named?.baseModel ?? deployment
  const call = {
    ...routeOf(connection, deployment, 'chat/completions'),
    headers: callHeaders(connection, keyOf(connection), request.custom),
    asksForUsage: isStreamed,
  }
  const body = { ...bodyFor({ ...request, model }, isStreamed), model: call.model }
  try {
    yield* playChat({ ...call, body }, connection, upstream)
  } catch (error) {
    throw withVersion(error, version)
  }
}

function versionOf({ azureApiVersion }: ProviderConnection): string {
  return azureApiVersion?.trim() || versionDefault
}

function keyOf({ apiKey }: ProviderConnection): Record<string, string> {
  return apiKey ? { 'api-key': apiKey } : {}
}

function routeOf(connection: ProviderConnection, deployment: string, route: string) {
  const base = connection.baseUrl
  const version = versionOf(connection)
  if (version.toLowerCase() === 'v1') {
    return { url: routeUrl(base, `openai/v1/${route}`), model: deployment }
  }
  const path = `openai/deployments/${encodeURIComponent(deployment)}/${route}`
  return { url: routeUrl(base, path, { 'api-version': version }), model: undefined }
}

function passed(connection: ProviderConnection, rawId: string, route: string): PassedCall {
  return {
    ...routeOf(connection, deploymentOf(rawId).rawId, route),
    headers: callHeaders(connection, keyOf(connection)),
    asksForUsage: true,
  }
}

function bodyFor(request: ProviderRequest, isStreamed: boolean): Fields {
  const dialect = dialectOf({ vendor: 'openai', baseUrl: '' })
  const { model, outputTokensMax: limit } = request
  if (limit === null || knownModel(model) || openAiGeneration(model)) {
    return chatBody(request, dialect, isStreamed)
  }
  // A deployment of nobody knows which model: the newer name of the limit is the one they all take.
  const body = chatBody({ ...request, outputTokensMax: null }, dialect, isStreamed)
  return { max_completion_tokens: limit, ...body }
}

/** A version that is not there is answered like any address that is not: so it is named. */
function withVersion(error: unknown, version: string): unknown {
  if (!(error instanceof Fault) || error.code !== 'provider_refused') return error
  const { provider } = error.members
  const told = provider as { status: number; message: string } | undefined
  if (told?.status !== 404) return error
  const message = `${told.message} (API version ${version})`
  return new Fault(
    error.code,
    { ...error.members, provider: { ...told, message } },
    { cause: error },
  )
}
