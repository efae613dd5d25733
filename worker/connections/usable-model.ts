import type { Id } from '../contract/ids.ts'
import type { ModelName } from '../contract/parts.ts'
import type { Effort } from '../contract/reasoning.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { openDb } from '../db/open.ts'
import { connections } from '../db/schema/connections.ts'
import { models } from '../db/schema/models.ts'
import { and, eq, isNull, sql, type SQL } from 'drizzle-orm'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { modelEfforts, modelKind } from '../providers/model-capabilities.ts'
import type { ConnectionRow } from './connections.ts'
import {
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
  connection: ConnectionRow
}

/** Who asks, where: what decides which model is meant when none is named. */
export interface ModelWish {
  asked: Id<'model'> | null | undefined
  conversationId: Id<'conversation'>
  actorId: string
}

/**
 * The model to ask: the one that is asked for, which then must be there; else the conversation's,
 * else the one the actor prefers, else the first usable one. One query in nearly every case.
 */
export async function chooseModel(
  env: Bindings,
  { asked, conversationId, actorId }: ModelWish,
  settings: Settings,
): Promise<UsableModel> {
  if (asked) return usableModel(env, asked, settings)
  const remembered = await findUsable(
    env,
    sql`${models.id} in (
      (select model_id from conversations where id = ${conversationId}),
      (select preferences ->> 'preferredModelId' from users where id = ${actorId}))`,
    settings,
    sql`${models.id} = (select model_id from conversations where id = ${conversationId}) desc`,
  )
  if (remembered[0]) return remembered[0]
  const all = toModels(await readModelRows(env, false), settings, false)
  const usable = all.find(isChoosable)
  if (!usable) throw new Fault('model_not_found')
  return usableModel(env, usable.id, settings)
}

/** Refuses `model_not_found` when it is gone or hidden, `model_unsuitable` when it cannot chat. */
export async function usableModel(
  env: Bindings,
  id: Id<'model'>,
  settings: Settings,
): Promise<UsableModel> {
  const [usable] = await findUsable(env, eq(models.id, id), settings)
  if (!usable) throw new Fault('model_not_found')
  return usable
}

async function findUsable(
  env: Bindings,
  which: SQL,
  settings: Settings,
  order: SQL = sql`1`,
): Promise<UsableModel[]> {
  const rows = await openDb(env)
    .select({ model: models, connection: connections })
    .from(models)
    .innerJoin(connections, eq(connections.id, models.connectionId))
    .where(and(which, isNull(models.goneAt), eq(connections.enabled, true)))
    .orderBy(order)
  return rows.map(({ model, connection }) => {
    if (modelKind(model.rawId, model.metadata.kind) === 'embedding') {
      throw new Fault('model_unsuitable', { capability: 'chat' })
    }
    const name = publishedName({ prefix: connection.prefix, rawId: model.rawId })
    const { contextWindow, outputTokens } = limitsOf(model.rawId, model.metadata, settings)
    return {
      model: { id: model.id, name, label: model.metadata.label ?? name },
      rawId: model.rawId,
      contextWindow,
      outputTokens,
      efforts: modelEfforts(model.rawId),
      connection,
    }
  })
}
