import type { Id } from '../contract/ids.ts'
import type { Model } from '../contract/models.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { ListedMetadata } from '../db/schema/models.ts'
import type { Bindings } from '../platform/env.ts'
import { modelCapabilities, modelEfforts, modelKind } from '../providers/model-capabilities.ts'
import { modelLimits } from '../providers/model-limits.ts'
import type { ConnectionRow } from './connections.ts'

/** A model with the connection it is reached through, as SQL joins them. */
export interface ModelRow {
  id: Id<'model'>
  rawId: string
  metadata: string
  fetchedAt: number
  goneAt: number | null
  connectionId: Id<'connection'>
  channel: string
  provider: ConnectionRow['provider']
  prefix: string | null
  tags: string
  capabilities: string
  enabled: number
  order: number
}

export const modelColumns = `m.id, m.raw_id as rawId, m.metadata, m.fetched_at as fetchedAt, m.gone_at as goneAt,
  c.id as connectionId, c.name as channel, c.provider, c.prefix, c.tags, c.capabilities, c.enabled, c."order"`

/** Every model of every enabled connection, in the administrators' order; with `all` the rest too. */
export async function readModelRows(env: Bindings, all: boolean): Promise<ModelRow[]> {
  const { results } = await env.DB.prepare(
    `select ${modelColumns} from connections as c join models as m on m.connection_id = c.id
     where ?1 or (c.enabled and m.gone_at is null)
     order by c."order", c.id, m.raw_id limit 10000`,
  )
    .bind(all ? 1 : 0)
    .all<ModelRow>()
  return results
}

export function publishedName({ prefix, rawId }: Pick<ModelRow, 'prefix' | 'rawId'>): string {
  return prefix === null ? rawId : `${prefix}.${rawId}`
}

/**
 * Rows as models, each under its own name: of two connections that publish one name the first keeps
 * it, the other's model is told apart by its connection.
 */
export function toModels(
  rows: readonly ModelRow[],
  settings: Settings,
  forAdmin: boolean,
): Model[] {
  const taken = new Set<string>()
  return rows.map((row) => {
    const plain = publishedName(row)
    const name = taken.has(plain) ? `${row.rawId}@${row.channel}` : plain
    if (row.enabled === 1) taken.add(plain)
    return toModel(row, name, settings, forAdmin)
  })
}

function toModel(row: ModelRow, name: string, settings: Settings, forAdmin: boolean): Model {
  const metadata = JSON.parse(row.metadata) as ListedMetadata
  const tags = JSON.parse(row.tags) as string[]
  const efforts = modelEfforts(baseModelOf(row.rawId, metadata))
  const { capabilities } = capabilitiesOf(row, metadata)
  return {
    id: row.id,
    name,
    rawId: row.rawId,
    label: metadata.label ?? name,
    channel: row.channel,
    provider: row.provider,
    kind: modelKind(baseModelOf(row.rawId, metadata), metadata.kind),
    tags,
    capabilities,
    reasoning: efforts ? { efforts } : null,
    ...limitsOf(row.rawId, metadata, settings),
    available: row.enabled === 1 && row.goneAt === null,
    overridden: false,
    ...(forAdmin && {
      connectionId: row.connectionId,
      fetchedAt: row.fetchedAt,
      goneAt: row.goneAt,
    }),
  }
}

export function capabilitiesOf(
  row: Pick<ModelRow, 'rawId' | 'tags' | 'capabilities'>,
  metadata: ListedMetadata,
) {
  return modelCapabilities(baseModelOf(row.rawId, metadata), {
    provider: metadata.capabilities,
    connection: JSON.parse(row.capabilities) as ConnectionRow['capabilities'],
    tags: JSON.parse(row.tags) as string[],
  })
}

export function limitsOf(rawId: string, metadata: ListedMetadata, settings: Settings) {
  return modelLimits(baseModelOf(rawId, metadata), {
    provider: metadata,
    defaults: {
      contextWindow: settings['models.contextTokensDefault'],
      outputTokens: settings['models.outputTokensDefault'],
    },
  })
}

/** The id a model is recognised by: the one it is a deployment of, else its own. */
export function baseModelOf(rawId: string, metadata: ListedMetadata): string {
  return metadata.baseModel ?? rawId
}

/** What may be chosen for a chat. */
export function isChoosable(model: Model): boolean {
  return model.available && model.kind !== 'embedding'
}
