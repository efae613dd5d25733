import type { AuditKind } from '../contract/audit.ts'
import { newId, type Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { addressOf, networkOf } from '../platform/network.ts'
import type { AppContext } from '../platform/serve.ts'

export interface Change {
  kind: AuditKind
  target?: { type: string; id: string | null; name: string | null } | undefined
  /** Field by field. Never a secret: those are `[set]` or `[cleared]`. */
  before?: Record<string, unknown> | undefined
  after?: Record<string, unknown> | undefined
}

/** By whom and from where something was changed. */
export interface Author {
  actor: { id: Id<'user'>; name: string } | null
  network: string
}

/** Whoever makes this request. */
export function authorOf(context: AppContext): Author {
  const actor = context.get('actor')
  return {
    actor: actor?.type === 'user' ? { id: actor.id, name: actor.username } : null,
    network: networkOf(addressOf(context.req.raw)),
  }
}

/** What a secret looks like in a record. */
export function secretMark(isSet: boolean): '[set]' | '[cleared]' {
  return isSet ? '[set]' : '[cleared]'
}

/** A condition for statements of a batch: whether the one before changed something. */
export const ifChanged = 'changes() > 0'

const columns = `insert into audit (id, at, actor_id, actor_name, network, area, kind, target_type, target_id,
   target_name, before, after)`

/**
 * Records a change, for the batch that makes it. `when` is a condition without parameters, for
 * changes that may turn out not to be made.
 */
export function auditStatement(
  env: Bindings,
  { kind, target, before, after }: Change,
  { actor, network }: Author,
  now: number,
  when = 'true',
): D1PreparedStatement {
  return env.DB.prepare(
    `${columns} select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 where ${when}`,
  ).bind(
    newId('audit', now),
    now,
    actor?.id ?? null,
    actor?.name ?? null,
    network,
    kind.slice(0, kind.indexOf('.')),
    kind,
    target?.type ?? null,
    target?.id ?? null,
    target?.name ?? null,
    before ? JSON.stringify(before, cut) : null,
    after ? JSON.stringify(after, cut) : null,
  )
}

const textLengthMax = 500

/** A record says that a text was changed; it is no second place to keep it. */
function cut(_: string, value: unknown): unknown {
  const isLong = typeof value === 'string' && value.length > textLengthMax
  return isLong ? `${value.slice(0, textLengthMax).toWellFormed()}…` : value
}

/** Records a change that was made by whoever makes this request, unless it names another author. */
export async function recordAudit(
  context: AppContext,
  change: Change,
  author: Author = authorOf(context),
): Promise<void> {
  await auditStatement(context.env, change, author, Date.now()).run()
}
