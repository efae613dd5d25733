import type { Id } from '../contract/ids.ts'
import type { ModelName } from '../contract/parts.ts'
import type { Effort } from '../contract/reasoning.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { openDb } from '../db/open.ts'
import { connections } from '../db/schema/connections.ts'
import { models } from '../db/schema/models.ts'
import { and, eq, inArray, isNull } from 'drizzle-orm'
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

/**
 * The model to ask: the first of `wanted` that is given, where the first one is the caller's own
 * choice and must be there; the others may be gone, and then the first usable model serves.
 */
export async function chooseModel(
  env: Bindings,
  wanted: readonly (Id<'model'> | null | undefined)[],
  settings: Settings,
): Promise<UsableModel> {
  const [asked, ...remembered] = wanted
  if (asked) return usableModel(env, asked, settings)
  const ids = remembered.filter((id) => id !== null && id !== undefined)
  const found = await findUsable(env, ids, settings)
  const first = ids.map((id) => found.find(({ model }) => model.id === id)).find(Boolean)
  if (first) return first
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
  const [usable] = await findUsable(env, [id], settings)
  if (!usable) throw new Fault('model_not_found')
  return usable
}

async function findUsable(
  env: Bindings,
  ids: readonly Id<'model'>[],
  settings: Settings,
): Promise<UsableModel[]> {
  if (ids.length === 0) return []
  const rows = await openDb(env)
    .select({ model: models, connection: connections })
    .from(models)
    .innerJoin(connections, eq(connections.id, models.connectionId))
    .where(and(inArray(models.id, [...ids]), isNull(models.goneAt), eq(connections.enabled, true)))
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
