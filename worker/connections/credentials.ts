import type { Id } from '../contract/ids.ts'
import { seal, unseal } from '../platform/crypto.ts'
import { deploymentOf, type Bindings } from '../platform/env.ts'

/** What a connection needs to sign in upstream. */
export interface Credentials {
  apiKey: string | null
  /** Header values by name. */
  headers: Record<string, string>
}

/** Sealed for this connection alone; null when there is nothing to keep secret. */
export async function sealCredentials(
  env: Bindings,
  connectionId: Id<'connection'>,
  credentials: Credentials,
): Promise<string | null> {
  if (credentials.apiKey === null && Object.keys(credentials.headers).length === 0) return null
  return seal(JSON.stringify(credentials), deploymentOf(env).credentialsKey, connectionId)
}

/** The credentials, or null when this deployment's keys do not open them. */
export async function openCredentials(
  env: Bindings,
  connectionId: Id<'connection'>,
  sealed: string | null,
): Promise<Credentials | null> {
  if (sealed === null) return { apiKey: null, headers: {} }
  const { credentialsKey, credentialsKeyPrevious } = deploymentOf(env)
  const plain = await unseal(sealed, [credentialsKey, credentialsKeyPrevious], connectionId)
  return plain === null ? null : (JSON.parse(plain) as Credentials)
}

/** The last four characters of a key long enough to keep the rest a secret. */
export function hintOf(apiKey: string | null): string | null {
  if (apiKey === null) return null
  return apiKey.length >= 12 ? `…${apiKey.slice(-4)}` : '…'
}
