import type { Change } from '../audit/record-audit.ts'
import type { Id } from '../contract/ids.ts'
import type { ModelOverride, Refreshed } from '../contract/models.ts'
import type { Bindings } from '../platform/env.ts'
import { overrideOf } from './model-facts.ts'

/** A record names so many models; of more it says how many there are. */
const namedMax = 20

interface Overridden {
  id: Id<'model'>
  rawId: string
  /** As it is stored; null where there is none. */
  override: string | null
}

/** Some models, or all, with what is said of them in place of what is known. */
export async function readOverridden(
  env: Bindings,
  ids: readonly Id<'model'>[] | null,
): Promise<Overridden[]> {
  const statement =
    ids === null
      ? env.DB.prepare(
          `select m.id, m.raw_id as rawId, o.override from model_overrides as o
           join models as m on m.id = o.model_id`,
        )
      : env.DB.prepare(
          `select m.id, m.raw_id as rawId, o.override from models as m
           left join model_overrides as o on o.model_id = m.id
           where m.id in (select value from json_each(?1))`,
        ).bind(JSON.stringify(ids))
  const { results } = await statement.all<Overridden>()
  return results
}

/** What a record says of models that were changed: of one how it was, of several which they are. */
export function aboutModels(
  models: readonly Overridden[],
  before: (override: ModelOverride) => Record<string, unknown>,
  after: Record<string, unknown> | null,
): Pick<Change, 'target' | 'before' | 'after'> {
  const [first, ...others] = models
  if (first !== undefined && others.length === 0) {
    return {
      target: { type: 'model', id: first.id, name: first.rawId },
      before: before(overrideOf(first.override)),
      ...(after && { after }),
    }
  }
  const names = models.slice(0, namedMax).map(({ rawId }) => rawId)
  return { after: { ...after, models: models.length, names } }
}

/** What a refresh brought, in numbers. */
export function aboutRefresh(lists: readonly Refreshed[]): Record<string, unknown> {
  const sum = (of: (list: Refreshed) => number) =>
    lists.reduce((total, list) => total + of(list), 0)
  return {
    lists: lists.length,
    failed: sum(({ ok }) => (ok ? 0 : 1)),
    added: sum(({ added }) => added),
    removed: sum(({ removed }) => removed),
  }
}
