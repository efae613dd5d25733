import type { Id } from '../contract/ids.ts'
import type { ModelCapabilities } from '../contract/models.ts'
import type { ModelName } from '../contract/parts.ts'
import type { Effort } from '../contract/reasoning.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { mayUse, type Asker } from './model-access.ts'
import { factsColumns, modelFacts, publishedName, type FactsRow } from './model-facts.ts'
import type { CallableConnection } from './provider-connection.ts'
import { choosableModels } from './published-models.ts'

/** A model that can be asked now, and how. */
export interface UsableModel {
  model: ModelName
  rawId: string
  baseModel: string | null
  contextWindow: number
  outputTokens: number | null
  efforts: readonly Effort[] | null
  capabilities: ModelCapabilities
  connection: CallableConnection
}

/** Who asks, where: what decides which model is meant when none is named. */
export interface ModelWish {
  asked: Id<'model'> | null | undefined
  conversationId: Id<'conversation'>
  actorId: string
}

/** A candidate as SQL gives it. */
export interface CandidateRow
  extends FactsRow, Omit<CallableConnection, 'withoutStreamOptions' | 'modelIds'> {
  modelId: Id<'model'>
  /** Whether it was asked for or is the conversation's, and so may not be passed over. */
  isMeant: number | null
  withoutStreamOptions: number
  modelIds: string
}

const candidatesWhere = (
  isMeant: string,
) => `select m.id as modelId, ${isMeant} as isMeant, c.id, c.provider, c.vendor, c.base_url as baseUrl, c.auth, c.credentials,
    c.without_stream_options as withoutStreamOptions, c.azure_api_version as azureApiVersion,
    c.model_ids as modelIds, ${factsColumns}
  from models as m join connections as c on c.id = m.connection_id
  left join model_overrides as o on o.model_id = m.id
  where m.gone_at is null and c.enabled`

const byId = `${candidatesWhere('1')} and m.id = ?1`

/** Those of `ids` that there are, of enabled connections. */
export async function candidatesById(
  env: Bindings,
  ids: readonly Id<'model'>[],
): Promise<CandidateRow[]> {
  const { results } = await env.DB.prepare(
    `${candidatesWhere('1')} and m.id in (select value from json_each(?1))`,
  )
    .bind(JSON.stringify(ids))
    .all<CandidateRow>()
  return results
}

/** Reads the models a wish may mean, the nearest first: for `modelOf`, in a batch with whatever else. */
export function candidatesStatement(env: Bindings, wish: ModelWish): D1PreparedStatement {
  const { asked, conversationId, actorId } = wish
  if (asked) return env.DB.prepare(byId).bind(asked)
  return env.DB.prepare(
    `${candidatesWhere('m.id = (select model_id from conversations where id = ?1)')}
       and m.id in (
         (select model_id from conversations where id = ?1),
         (select preferences ->> 'preferredModelId' from users where id = ?2))
     order by isMeant desc`,
  ).bind(conversationId, actorId)
}

/** For whom a model is to be found, and whether it was named. */
export interface Asking {
  asked: Id<'model'> | null | undefined
  asker: Asker
  /** Whether it is to embed instead of to chat. */
  embeds?: boolean
}

/**
 * The model to ask: the one that is asked for, which then must be there; else the conversation's,
 * else the one the actor prefers, if it may still be used, else the first usable one. Refuses
 * `model_not_found` when it is gone or hidden, `model_denied` when this actor may not use it,
 * `model_unsuitable` when it cannot chat.
 */
export async function modelOf(
  env: Bindings,
  { asked, asker, embeds = false }: Asking,
  rows: readonly CandidateRow[],
  settings: Settings,
): Promise<UsableModel> {
  const found = rows.map((row) => ({ row, facts: modelFacts(row, settings) }))
  const nearest = found.find(
    ({ row, facts }) =>
      !facts.hidden && (row.isMeant === 1 || mayUse(asker, facts.override.access, settings)),
  )
  if (nearest) {
    const { row, facts } = nearest
    if (!mayUse(asker, facts.override.access, settings)) throw new Fault('model_denied')
    if (facts.kind === 'embedding' && !embeds)
      throw new Fault('model_unsuitable', { capability: 'chat' })
    return toUsable(row, facts)
  }
  if (asked) throw new Fault('model_not_found')
  const [first] = await choosableModels(env, settings, asker)
  if (!first) throw new Fault('model_not_found')
  return usableModel(env, first.id, settings, asker)
}

/** The same, read by itself. */
export async function chooseModel(
  env: Bindings,
  wish: ModelWish,
  settings: Settings,
  asker: Asker,
): Promise<UsableModel> {
  const { results } = await candidatesStatement(env, wish).all<CandidateRow>()
  return modelOf(env, { ...wish, asker }, results, settings)
}

/** One model by its id, with the same refusals. */
export async function usableModel(
  env: Bindings,
  id: Id<'model'>,
  settings: Settings,
  asker: Asker,
  embeds = false,
): Promise<UsableModel> {
  const row = await env.DB.prepare(byId).bind(id).first<CandidateRow>()
  return modelOf(env, { asked: id, asker, embeds }, row ? [row] : [], settings)
}

function toUsable(row: CandidateRow, facts: ReturnType<typeof modelFacts>): UsableModel {
  const name = publishedName(row)
  return {
    model: { id: row.modelId, name, label: facts.label ?? name },
    rawId: row.rawId,
    baseModel: facts.baseModel,
    contextWindow: facts.limits.contextWindow,
    outputTokens: facts.limits.outputTokens,
    efforts: facts.efforts,
    capabilities: facts.capabilities,
    connection: {
      id: row.id,
      provider: row.provider,
      vendor: row.vendor,
      baseUrl: row.baseUrl,
      auth: row.auth,
      credentials: row.credentials,
      withoutStreamOptions: row.withoutStreamOptions === 1,
      azureApiVersion: row.azureApiVersion,
      numCtx: row.numCtx,
      modelIds: JSON.parse(row.modelIds) as string[],
    },
  }
}
