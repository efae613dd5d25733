import { auditAreas, type AuditArea } from '#contract/audit.ts'
import { isId, type Id } from '#contract/ids.ts'

/** What of the audit log is shown; days as date fields write them (2026-03-01), where the reader is. */
export interface AuditQuery {
  area: AuditArea | null
  actor: { id: Id<'user'>; name: string } | null
  from: string | null
  to: string | null
}

export const wholeLog: AuditQuery = { area: null, actor: null, from: null, to: null }

/** What an address asks for; anything it could not mean is as if it were not there. */
export function readAuditQuery(query: string): AuditQuery {
  const given = new URLSearchParams(query)
  const id = given.get('actor')
  const name = given.get('name')
  return {
    area: auditAreas.find((area) => area === given.get('area')) ?? null,
    actor: isId('user', id) && name ? { id, name: name.slice(0, 40) } : null,
    from: dayOf(given.get('from')),
    to: dayOf(given.get('to')),
  }
}

/** The same as it stands in an address. */
export function writeAuditQuery({ area, actor, from, to }: AuditQuery): string {
  const said = Object.entries({ area, actor: actor?.id, name: actor?.name, from, to })
  const pairs = said.filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return new URLSearchParams(pairs).toString()
}

/** The moments between which the days lie, both included; `to` ends with its day. */
export function momentsOf({ from, to }: AuditQuery): { from?: number; to?: number } {
  return {
    ...(from && { from: startOf(from, 0) }),
    ...(to && { to: startOf(to, 1) - 1 }),
  }
}

function startOf(day: string, later: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later).getTime()
}

function dayOf(given: string | null): string | null {
  if (given === null || !/^\d{4}-\d\d-\d\d$/.test(given)) return null
  const start = startOf(given, 0)
  return Number.isNaN(start) || start < 0 ? null : given
}
