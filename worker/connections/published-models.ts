import type { Id } from '../contract/ids.ts'
import type { Model, ModelOriginal } from '../contract/models.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { Bindings } from '../platform/env.ts'
import { providers } from '../providers/registry.ts'
import type { ConnectionRow } from './connections.ts'
import { mayUse, resolvedAccess, type Asker } from './model-access.ts'
import { factsColumns, modelFacts, publishedName, type FactsRow } from './model-facts.ts'

/** A model with the connection it is reached through, as SQL joins them. */
export interface ModelRow extends FactsRow {
  id: Id<'model'>
  fetchedAt: number
  goneAt: number | null
  connectionId: Id<'connection'>
  channel: string
  provider: ConnectionRow['provider']
  enabled: number
}

/** Every model of every enabled connection, in the administrators' order; with `all` the rest too. */
export async function readModelRows(env: Bindings, all: boolean): Promise<ModelRow[]> {
  const { results } = await env.DB.prepare(
    `select m.id, m.fetched_at as fetchedAt, m.gone_at as goneAt, c.id as connectionId, c.name as channel,
       c.provider, c.enabled, ${factsColumns}
     from connections as c join models as m on m.connection_id = c.id
     left join model_overrides as o on o.model_id = m.id
     where ?1 or (c.enabled and m.gone_at is null)
     order by c."order", c.id, m.raw_id limit 10000`,
  )
    .bind(all ? 1 : 0)
    .all<ModelRow>()
  return results
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
  return knownRows(rows, settings).map((known) => toModel(known, settings, forAdmin))
}

interface KnownRow {
  row: ModelRow
  name: string
  facts: ReturnType<typeof modelFacts>
}

function knownRows(rows: readonly ModelRow[], settings: Settings): KnownRow[] {
  const taken = new Set<string>()
  return rows.map((row) => {
    const plain = publishedName(row)
    const name = taken.has(plain) ? `${row.rawId}@${row.channel}` : plain
    if (row.enabled === 1) taken.add(plain)
    return { row, name, facts: modelFacts(row, settings) }
  })
}

function toModel({ row, name, facts }: KnownRow, settings: Settings, forAdmin: boolean): Model {
  const { override, efforts } = facts
  const overridden = Object.keys(override).length > 0
  const reasoningControl = providers[row.provider]?.reasoningControl
  return {
    id: row.id,
    name,
    rawId: row.rawId,
    label: facts.label ?? name,
    channel: row.channel,
    provider: row.provider,
    kind: facts.kind,
    tags: facts.tags,
    capabilities: facts.capabilities,
    reasoning: efforts ? { efforts } : null,
    ...(reasoningControl && { reasoningControl }),
    ...facts.limits,
    available: row.enabled === 1 && row.goneAt === null,
    overridden,
    ...(forAdmin && {
      connectionId: row.connectionId,
      fetchedAt: row.fetchedAt,
      goneAt: row.goneAt,
      hidden: facts.hidden,
      capabilitySources: facts.capabilitySources,
      access: {
        guest: override.access?.guest ?? 'inherit',
        user: override.access?.user ?? 'inherit',
      },
      resolvedAccess: resolvedAccess(override.access, settings),
      override,
      ...(overridden && { original: originalOf(row, name, settings) }),
    }),
  }
}

function originalOf(row: ModelRow, name: string, settings: Settings): ModelOriginal {
  const facts = modelFacts({ ...row, override: null }, settings)
  const { label, tags, capabilities, capabilitySources, efforts, limits } = facts
  return { label: label ?? name, tags, capabilities, capabilitySources, efforts, ...limits }
}

/** The models `asker` may choose for a chat, in their order. */
export async function choosableModels(
  env: Bindings,
  settings: Settings,
  asker: Asker,
  forAdmin = false,
): Promise<Model[]> {
  const models = await callableModels(env, settings, asker, forAdmin)
  return models.filter(({ kind }) => kind !== 'embedding')
}

/** Those `asker` may call, whatever for. */
export async function callableModels(
  env: Bindings,
  settings: Settings,
  asker: Asker,
  forAdmin = false,
): Promise<Model[]> {
  const rows = await readModelRows(env, false)
  return knownRows(rows, settings)
    .filter(({ facts }) => !facts.hidden && mayUse(asker, facts.override.access, settings))
    .map((known) => toModel(known, settings, forAdmin))
}
