import { ConnectionFile, type ConnectionEntry } from '../contract/connections.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { allConnections, type ConnectionRow } from './connections.ts'
import { createConnection } from './save-connection.ts'

/** Every connection, in order, without its secrets. */
export async function exportConnections(env: Bindings): Promise<ConnectionEntry[]> {
  const rows = await allConnections(env)
  return rows.map((row) => ({
    name: row.name,
    provider: row.provider,
    vendor: row.vendor,
    baseUrl: row.baseUrl,
    enabled: row.enabled,
    auth: row.auth,
    azureApiVersion: row.azureApiVersion,
    prefix: row.prefix,
    tags: row.tags,
    modelIds: row.modelIds,
    capabilities: row.capabilities,
    numCtx: row.numCtx,
    order: row.order,
  }))
}

export type ImportedConnection = { name: string; result: 'created' | 'exists' | 'refused' }

/**
 * Makes the connections of a file that are not there by name, provider and address. Each stands for
 * itself: an address that is refused stops none of the others.
 */
export async function importConnections(
  env: Bindings,
  file: unknown,
  circumstances: { allowPrivateHosts: boolean; now: number },
): Promise<ImportedConnection[]> {
  const parsed = ConnectionFile.safeParse(file)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const reason = `${issue?.path.map(String).join('.')}: ${issue?.message}`.slice(0, 300)
    throw new Fault('import_unreadable', { reason })
  }
  const known = new Set((await allConnections(env)).map(keyOf))
  const results: ImportedConnection[] = []
  for (const entry of parsed.data.items) {
    const result = known.has(keyOf(entry)) ? 'exists' : await create(env, entry, circumstances)
    if (result === 'created') known.add(keyOf(entry))
    results.push({ name: entry.name, result })
  }
  return results
}

async function create(
  env: Bindings,
  entry: ConnectionEntry,
  circumstances: { allowPrivateHosts: boolean; now: number },
): Promise<ImportedConnection['result']> {
  try {
    await createConnection(env, entry, circumstances)
    return 'created'
  } catch (error) {
    if (error instanceof Fault) return 'refused'
    throw error
  }
}

function keyOf(entry: Pick<ConnectionRow, 'name' | 'provider' | 'baseUrl'>): string {
  return JSON.stringify([entry.name, entry.provider, entry.baseUrl])
}
