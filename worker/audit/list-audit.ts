import type { AuditEntry } from '../contract/audit.ts'
import { auditKinds } from '../contract/audit.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'

export interface AuditQuery {
  /** An area or one kind. */
  kind: string | null
  actorId: Id<'user'> | null
  /** Milliseconds, both included. */
  from: number | null
  to: number | null
  /** The last entry of the page before. */
  after: string | null
  limit: number
}

interface AuditRow {
  id: Id<'audit'>
  at: number
  actor_id: string | null
  actor_name: string | null
  network: string
  kind: string
  target_type: string | null
  target_id: string | null
  target_name: string | null
  before: string | null
  after: string | null
}

/** Entries, newest first: their ids are in the order of their times, so these bound them too. */
export async function listAudit(env: Bindings, query: AuditQuery): Promise<AuditEntry[]> {
  const conditions = ['id >= ?1 and id < ?2']
  const values: (string | number)[] = [firstIdAt(query.from ?? 0), endOf(query)]
  const add = (column: string, value: string) => {
    values.push(value)
    conditions.push(`${column} = ?${values.length}`)
  }
  if (query.actorId !== null) add('actor_id', query.actorId)
  // What one actor did is few rows beside all of a kind: a + keeps that from being read instead.
  const sign = query.actorId === null ? '' : '+'
  if (query.kind !== null) add(`${sign}${query.kind in auditKinds ? 'area' : 'kind'}`, query.kind)
  const { results } = await env.DB.prepare(
    `select id, at, actor_id, actor_name, network, kind, target_type, target_id, target_name, before, after
     from audit where ${conditions.join(' and ')} order by id desc limit ${query.limit}`,
  )
    .bind(...values)
    .all<AuditRow>()
  return results.map(toEntry)
}

function endOf({ to, after }: AuditQuery): string {
  const end = firstIdAt(to === null ? Number.MAX_SAFE_INTEGER : to + 1)
  return after !== null && after < end ? after : end
}

/** Below every id made at `at` or later, and above those made before. */
function firstIdAt(at: number): string {
  const digits = at.toString(36).padStart(9, '0')
  return digits.length > 9 ? 'aud_~' : `aud_${digits}`
}

function toEntry(row: AuditRow): AuditEntry {
  const { id, at, network, kind } = row
  return {
    id,
    at,
    network,
    kind,
    actor:
      row.actor_name === null ? null : { type: 'user', id: row.actor_id, name: row.actor_name },
    target:
      row.target_type === null
        ? null
        : { type: row.target_type, id: row.target_id, name: row.target_name },
    before: fieldsOf(row.before),
    after: fieldsOf(row.after),
  }
}

function fieldsOf(json: string | null): Record<string, unknown> | null {
  return json === null ? null : (JSON.parse(json) as Record<string, unknown>)
}
