import { auditStatement, ifChanged, type Author } from '../audit/record-audit.ts'
import type { Id } from '../contract/ids.ts'
import {
  OverrideFile,
  type Model,
  type ModelOverride,
  type OverrideEntry,
} from '../contract/models.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { jsonPieces } from '../db/json-pieces.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { aboutModels, readOverridden } from './audit-models.ts'
import { overrideOf } from './model-facts.ts'
import { readModelRows, toModels } from './published-models.ts'
import { readImport } from './read-import.ts'

/**
 * Lays a patch over the overrides of some models: nested objects merge, null returns a field to its
 * source. Answers how many of the models there are.
 */
export async function patchOverrides(
  env: Bindings,
  ids: readonly Id<'model'>[],
  patch: ModelOverride,
  author: Author,
  now: number,
): Promise<number> {
  const overridden = await readOverridden(env, ids)
  const fields = Object.keys(patch) as (keyof ModelOverride)[]
  const before = (override: ModelOverride) =>
    Object.fromEntries(fields.map((field) => [field, override[field] ?? null]))
  const [written] = await env.DB.batch([
    env.DB.prepare(
      `insert into model_overrides (model_id, override, updated_at)
       select id, json_patch('{}', ?2), ?3 from models
       where id in (select value from json_each(?1))
       on conflict (model_id) do update set
         override = json_patch(override, ?2), updated_at = excluded.updated_at`,
    ).bind(JSON.stringify(ids), JSON.stringify(patch), now),
    auditStatement(
      env,
      { kind: 'model.override', ...aboutModels(overridden, before, patch) },
      author,
      now,
      ifChanged,
    ),
    env.DB.prepare(`delete from model_overrides where override = '{}'`),
  ])
  return written?.meta.changes ?? 0
}

/** Takes every override away from some models, or from all; answers how many had one. */
export async function resetOverrides(
  env: Bindings,
  ids: readonly Id<'model'>[] | null,
  author: Author,
  now: number,
): Promise<number> {
  const overridden = (await readOverridden(env, ids)).filter(({ override }) => override !== null)
  const [deleted] = await env.DB.batch([
    env.DB.prepare(
      `delete from model_overrides where ?1 is null or model_id in (select value from json_each(?1))`,
    ).bind(ids && JSON.stringify(ids)),
    auditStatement(
      env,
      { kind: 'model.reset', ...aboutModels(overridden, (override) => override, null) },
      author,
      now,
      ifChanged,
    ),
  ])
  return deleted?.meta.changes ?? 0
}

/** One model as an administrator sees it. */
export async function showModel(
  env: Bindings,
  id: Id<'model'>,
  settings: Settings,
): Promise<Model> {
  // Which name it has depends on the others.
  const model = toModels(await readModelRows(env, true), settings, true).find(
    (each) => each.id === id,
  )
  if (!model) throw new Fault('not_found')
  return model
}

interface Placed {
  id: Id<'model'>
  provider: string
  base_url: string
  raw_id: string
  override: string | null
}

/** Every override with what its model is known by everywhere: provider, host and raw id. */
export async function exportOverrides(env: Bindings): Promise<OverrideEntry[]> {
  const placed = await readPlaced(env)
  return placed.flatMap((row) => {
    const override = overrideOf(row.override)
    if (Object.keys(override).length === 0) return []
    return [{ provider: row.provider, host: hostOf(row), rawId: row.raw_id, override }]
  })
}

export type ImportResult = 'applied' | 'unchanged' | 'no_such_model'

/** Makes the overrides of each model of a file what the file says, in one batch. */
export async function importOverrides(
  env: Bindings,
  file: unknown,
  author: Author,
  now: number,
): Promise<{ model: string; result: ImportResult }[]> {
  const { items } = readImport(OverrideFile, file)
  const placed = Map.groupBy(await readPlaced(env), (row) =>
    keyOf({ provider: row.provider, host: hostOf(row), rawId: row.raw_id }),
  )
  const changed: { id: Id<'model'>; override: ModelOverride }[] = []
  const results = items.map(({ override, ...place }) => {
    const rows = placed.get(keyOf(place)) ?? []
    const wanted = overrideOf(JSON.stringify(override))
    const differing = rows.filter((row) => !isSame(overrideOf(row.override), wanted))
    for (const { id } of differing) changed.push({ id, override: wanted })
    const result: ImportResult =
      rows.length === 0 ? 'no_such_model' : differing.length === 0 ? 'unchanged' : 'applied'
    return { model: place.rawId, result }
  })
  if (changed.length === 0) return results
  await env.DB.batch([
    ...jsonPieces(changed).map((piece) =>
      env.DB.prepare(
        `insert into model_overrides (model_id, override, updated_at)
         select value ->> 'id', value -> 'override', ?2 from json_each(?1)
         where exists (select 1 from models where id = value ->> 'id')
         on conflict (model_id) do update set
           override = excluded.override, updated_at = excluded.updated_at`,
      ).bind(piece, now),
    ),
    auditStatement(
      env,
      { kind: 'model.import', after: { of: items.length, applied: changed.length } },
      author,
      now,
    ),
    env.DB.prepare(`delete from model_overrides where override = '{}'`),
  ])
  return results
}

async function readPlaced(env: Bindings): Promise<Placed[]> {
  const { results } = await env.DB.prepare(
    `select m.id, c.provider, c.base_url, m.raw_id, o.override
     from connections as c join models as m on m.connection_id = c.id
     left join model_overrides as o on o.model_id = m.id
     order by c."order", c.id, m.raw_id`,
  ).all<Placed>()
  return results
}

function hostOf({ base_url }: Placed): string {
  return URL.canParse(base_url) ? new URL(base_url).host : base_url
}

function keyOf({ provider, host, rawId }: Omit<OverrideEntry, 'override'>): string {
  return JSON.stringify([provider, host, rawId])
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}
