import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import type { ProviderConnection } from '../providers/provider.ts'
import { providerFor } from '../providers/registry.ts'
import type { ConnectionRow } from './connections.ts'
import { openCredentials, type Credentials } from './credentials.ts'

/** What a call needs to know of a connection. */
export type CallableConnection = Pick<
  ConnectionRow,
  | 'id'
  | 'provider'
  | 'vendor'
  | 'baseUrl'
  | 'auth'
  | 'credentials'
  | 'withoutStreamOptions'
  | 'azureApiVersion'
  | 'numCtx'
  | 'modelIds'
>

/** The connection as its adapter needs it. Refuses `connection_unusable` when it lacks its key. */
export async function toProviderConnection(
  env: Bindings,
  row: CallableConnection,
): Promise<ProviderConnection> {
  const credentials = await openCredentials(env, row.id, row.credentials)
  if (credentials === null || (row.auth === 'key' && credentials.apiKey === null)) {
    throw new Fault('connection_unusable')
  }
  return withCredentials(row, credentials)
}

export function withCredentials(
  row: Omit<CallableConnection, 'id' | 'credentials'>,
  { apiKey, headers }: Credentials,
): ProviderConnection {
  return {
    provider: row.provider,
    vendor: row.vendor,
    baseUrl: providerFor(row.provider).baseUrlOf(row.baseUrl),
    apiKey: row.auth === 'key' ? apiKey : null,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    withoutStreamOptions: row.withoutStreamOptions,
    azureApiVersion: row.azureApiVersion,
    numCtx: row.numCtx,
    modelIds: row.modelIds,
  }
}
