import { ConnectionFile, type ConnectionEntry } from '../contract/connections.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import type { Circumstances } from './circumstances.ts'
import { allConnections, type ConnectionRow } from './connections.ts'
import { readImport } from './read-import.ts'
import { syncEach } from './refresh-models.ts'
import { addConnection } from './save-connection.ts'

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

/** Of a long file whose hosts do not answer, the rest is left to the hourly refresh. */
const listsWaitMs = 15_000

export type ImportedConnection = { name: string; result: 'created' | 'exists' | 'refused' }

/**
 * Makes the connections of a file that are not there by name, provider and address. Each stands for
 * itself: an address that is refused stops none of the others.
 */
export async function importConnections(
  env: Bindings,
  file: unknown,
  circumstances: Circumstances,
): Promise<ImportedConnection[]> {
  const { items } = readImport(ConnectionFile, file)
  const known = new Set((await allConnections(env)).map(keyOf))
  const results: ImportedConnection[] = []
  const added: ConnectionRow[] = []
  for (const entry of items) {
    const row = known.has(keyOf(entry)) ? 'exists' : await add(env, entry, circumstances)
    if (typeof row === 'object') {
      known.add(keyOf(entry))
      added.push(row)
    }
    results.push({ name: entry.name, result: typeof row === 'object' ? 'created' : row })
  }
  await syncEach(env, added, circumstances, AbortSignal.timeout(listsWaitMs))
  return results
}

async function add(
  env: Bindings,
  entry: ConnectionEntry,
  circumstances: Circumstances,
): Promise<ConnectionRow | 'refused'> {
  try {
    return await addConnection(env, entry, circumstances)
  } catch (error) {
    if (error instanceof Fault) return 'refused'
    throw error
  }
}

function keyOf(entry: Pick<ConnectionRow, 'name' | 'provider' | 'baseUrl'>): string {
  return JSON.stringify([entry.name, entry.provider, entry.baseUrl])
}
