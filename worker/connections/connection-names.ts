import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'

/** What names a connection gives to its models. */
export interface Naming {
  id: Id<'connection'>
  name: string
  prefix: string | null
}

/** A change of a connection is effective everywhere within 5 s. */
const freshMs = 2_500
let cached: { at: number; namings: Naming[] } | null = null

/** Those of the enabled connections, in the administrators' order. */
export async function readNamings(env: Bindings): Promise<Naming[]> {
  const now = Date.now()
  if (cached && now - cached.at < freshMs && now >= cached.at) return cached.namings
  const { results } = await env.DB.prepare(
    `select id, name, prefix from connections where enabled order by "order", id`,
  ).all<Naming>()
  cached = { at: now, namings: results }
  return results
}

/** Called by whoever changed a connection, so that this isolate sees it at once. */
export function forgetNamings(): void {
  cached = null
}
