import type { Id } from '../contract/ids.ts'
import type { ModelName } from '../contract/parts.ts'
import type { Effort } from '../contract/reasoning.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { ListedMetadata } from '../db/schema/models.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { modelEfforts, modelKind } from '../providers/model-capabilities.ts'
import type { CallableConnection } from './provider-connection.ts'
import {
  baseModelOf,
  isChoosable,
  limitsOf,
  publishedName,
  readModelRows,
  toModels,
} from './published-models.ts'

/** A model that can be asked now, and how. */
export interface UsableModel {
  model: ModelName
  rawId: string
  contextWindow: number
  outputTokens: number | null
  efforts: readonly Effort[] | null
  connection: CallableConnection
}

/** Who asks, where: what decides which model is meant when none is named. */
export interface ModelWish {
  asked: Id<'model'> | null | undefined
  conversationId: Id<'conversation'>
  actorId: string
}

/** A candidate as SQL gives it. */
export interface CandidateRow extends Omit<
  CallableConnection,
  'withoutStreamOptions' | 'modelIds'
> {
  modelId: Id<'model'>
  rawId: string
  metadata: string
  prefix: string | null
  withoutStreamOptions: number
  modelIds: string
}

const candidates = `select m.id as modelId, m.raw_id as rawId, m.metadata, c.prefix, c.id, c.provider, c.vendor,
    c.base_url as baseUrl, c.auth, c.credentials, c.without_stream_options as withoutStreamOptions,
    c.azure_api_version as azureApiVersion, c.num_ctx as numCtx, c.model_ids as modelIds
  from models as m join connections as c on c.id = m.connection_id
  where m.gone_at is null and c.enabled`

/** Reads the models a wish may mean, the nearest first: for `modelOf`, in a batch with whatever else. */
export function candidatesStatement(env: Bindings, wish: ModelWish): D1PreparedStatement {
  const { asked, conversationId, actorId } = wish
  if (asked) return env.DB.prepare(`${candidates} and m.id = ?1`).bind(asked)
  return env.DB.prepare(
    `${candidates} and m.id in (
       (select model_id from conversations where id = ?1),
       (select preferences ->> 'preferredModelId' from users where id = ?2))
     order by m.id = (select model_id from conversations where id = ?1) desc`,
  ).bind(conversationId, actorId)
}

/**
 * The model to ask: the one that is asked for, which then must be there; else the conversation's,
 * else the one the actor prefers, else the first usable one. Refuses `model_not_found` when it is
 * gone or hidden, `model_unsuitable` when it cannot chat.
 */
export async function modelOf(
  env: Bindings,
  { asked }: Pick<ModelWish, 'asked'>,
  [nearest]: readonly CandidateRow[],
  settings: Settings,
): Promise<UsableModel> {
  if (nearest) return toUsable(nearest, settings)
  if (asked) throw new Fault('model_not_found')
  const all = toModels(await readModelRows(env, false), settings, false)
  const usable = all.find(isChoosable)
  if (!usable) throw new Fault('model_not_found')
  return usableModel(env, usable.id, settings)
}

/** The same, read by itself. */
export async function chooseModel(
  env: Bindings,
  wish: ModelWish,
  settings: Settings,
): Promise<UsableModel> {
  const { results } = await candidatesStatement(env, wish).all<CandidateRow>()
  return modelOf(env, wish, results, settings)
}

/** One model by its id, with the same refusals. */
export async function usableModel(
  env: Bindings,
  id: Id<'model'>,
  settings: Settings,
): Promise<UsableModel> {
  const row = await env.DB.prepare(`${candidates} and m.id = ?1`).bind(id).first<CandidateRow>()
  return modelOf(env, { asked: id }, row ? [row] : [], settings)
}

function toUsable(row: CandidateRow, settings: Settings): UsableModel {
  const { modelId, rawId, prefix, withoutStreamOptions, ...connection } = row
  const metadata = JSON.parse(row.metadata) as ListedMetadata
  if (modelKind(baseModelOf(rawId, metadata), metadata.kind) === 'embedding') {
    throw new Fault('model_unsuitable', { capability: 'chat' })
  }
  const name = publishedName({ prefix, rawId })
  const { contextWindow, outputTokens } = limitsOf(rawId, metadata, settings)
  return {
    model: { id: modelId, name, label: metadata.label ?? name },
    rawId,
    contextWindow,
    outputTokens,
    efforts: modelEfforts(baseModelOf(rawId, metadata)),
    connection: {
      ...connection,
      withoutStreamOptions: withoutStreamOptions === 1,
      modelIds: JSON.parse(connection.modelIds) as string[],
    },
  }
}
