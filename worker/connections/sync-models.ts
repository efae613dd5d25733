import { idFrom, newId, type Id } from '../contract/ids.ts'
import type { Refreshed } from '../contract/models.ts'
import { jsonPieces } from '../db/json-pieces.ts'
import type { ListedMetadata } from '../db/schema/models.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault, toProblem } from '../platform/fault.ts'
import { createUpstream } from '../platform/open-upstream.ts'
import { bareModel } from '../providers/bare-model.ts'
import type { ListedModel } from '../providers/provider.ts'
import { providerFor } from '../providers/registry.ts'
import type { Circumstances } from './circumstances.ts'
import { connectionGuard } from './connection-guard.ts'
import { updateConnection, type ConnectionRow } from './connections.ts'
import { toProviderConnection } from './provider-connection.ts'

const listTimeoutMs = 15_000
const labelLengthMax = 100

/**
 * Brings the stored models of a connection in line with its provider's list, in one batch, and says
 * what changed. Never throws: a list that cannot be had keeps what was there and is noted with its
 * problem.
 */
export async function syncModels(
  env: Bindings,
  row: ConnectionRow,
  { allowPrivateHosts, now }: Circumstances,
): Promise<Refreshed> {
  try {
    const listed = await listedModels(env, row, allowPrivateHosts)
    const counts = await storeModels(env, row.id, listed, now)
    await updateConnection(env, row.id, { checkedAt: now, ok: true, problem: null })
    return { connectionId: row.id, ok: true, ...counts }
  } catch (error) {
    const problem = toProblem(asFault(error), newId('request', now))
    await updateConnection(env, row.id, { checkedAt: now, ok: false, problem })
    const kept = await countModels(env, row.id)
    return { connectionId: row.id, ok: false, added: 0, removed: 0, kept, problem }
  }
}

function asFault(error: unknown): unknown {
  const isTimeUp = error instanceof Error && error.name === 'TimeoutError'
  return isTimeUp ? new Fault('provider_timeout', {}, { cause: error }) : error
}

async function listedModels(
  env: Bindings,
  row: ConnectionRow,
  allowPrivateHosts: boolean,
): Promise<ListedModel[]> {
  const provider = providerFor(row.provider)
  if (row.modelIds.length > 0)
    return provider.modelsOf?.(row.modelIds) ?? row.modelIds.map(bareModel)
  const upstream = createUpstream({
    signal: AbortSignal.timeout(listTimeoutMs),
    guard: connectionGuard(env, allowPrivateHosts),
    alive: () => {},
  })
  const connection = await toProviderConnection(env, row)
  return provider.listModels(connection, upstream)
}

/**
 * Writes only what changed, and nothing for a connection deleted meanwhile; a model that is not listed
 * any more is marked, not removed.
 */
async function storeModels(
  env: Bindings,
  connectionId: Id<'connection'>,
  listed: readonly ListedModel[],
  now: number,
): Promise<Pick<Refreshed, 'added' | 'removed' | 'kept'>> {
  const unique = [...new Map(listed.map((model) => [model.rawId, model])).values()]
  const rows = await Promise.all(
    unique.map(async ({ rawId, label, ...rest }) => ({
      id: await modelIdOf(connectionId, rawId),
      rawId,
      metadata: { label: label && tidyLabel(label), ...rest } satisfies ListedMetadata,
    })),
  )
  const [before] = await env.DB.batch<{ id: string }>([
    env.DB.prepare('select id from models where connection_id = ?1 and gone_at is null').bind(
      connectionId,
    ),
    ...jsonPieces(rows).map((piece) =>
      env.DB.prepare(
        `insert into models (id, connection_id, raw_id, metadata, fetched_at, gone_at)
         select value ->> 'id', ?1, value ->> 'rawId', value -> 'metadata', ?3, null
         from json_each(?2) where exists (select 1 from connections where id = ?1)
         on conflict (id) do update set metadata = excluded.metadata, fetched_at = excluded.fetched_at, gone_at = null
         where metadata is not excluded.metadata or gone_at is not null`,
      ).bind(connectionId, piece, now),
    ),
    env.DB.prepare(
      `update models set gone_at = ?3 where connection_id = ?1 and gone_at is null
         and id not in (select value from json_each(?2))`,
    ).bind(connectionId, JSON.stringify(rows.map(({ id }) => id)), now),
  ])
  const known = new Set(before?.results.map(({ id }) => id))
  const kept = rows.filter(({ id }) => known.has(id)).length
  return { added: rows.length - kept, removed: known.size - kept, kept }
}

/** A label as a menu can show it: one line, and not a page of it. */
function tidyLabel(label: string): string | null {
  const visible = label
    .toWellFormed()
    .replace(/\p{C}+/gu, ' ')
    .trim()
  return (
    Array.from(visible.slice(0, 2 * labelLengthMax))
      .slice(0, labelLengthMax)
      .join('') || null
  )
}

async function countModels(env: Bindings, connectionId: Id<'connection'>): Promise<number> {
  const found = await env.DB.prepare(
    'select count(*) as count from models where connection_id = ?1 and gone_at is null',
  )
    .bind(connectionId)
    .first<{ count: number }>()
  return found?.count ?? 0
}

/** The same model of the same connection has the same id, whenever it is listed. */
export async function modelIdOf(
  connectionId: Id<'connection'>,
  rawId: string,
): Promise<Id<'model'>> {
  const data = new TextEncoder().encode(`${connectionId}\n${rawId}`)
  const digest = new DataView(await crypto.subtle.digest('SHA-256', data))
  const words = [0, 8, 16].map((offset) =>
    digest.getBigUint64(offset).toString(36).padStart(13, '0'),
  )
  return idFrom('model', words.join('').slice(1))
}
