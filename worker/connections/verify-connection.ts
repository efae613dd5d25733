import type { ConnectionCreate, ConnectionPatch, Verification } from '../contract/connections.ts'
import { newId, type Id } from '../contract/ids.ts'
import type { Language } from '../contract/problems.ts'
import { admitAddress } from '../platform/address-guard.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault, toProblem } from '../platform/fault.ts'
import { createUpstream } from '../platform/open-upstream.ts'
import { providerFor } from '../providers/registry.ts'
import { verify } from '../providers/verify.ts'
import { connectionGuard } from './connection-guard.ts'
import { findConnection } from './connections.ts'
import { openCredentials, type Credentials } from './credentials.ts'
import { withCredentials } from './provider-connection.ts'
import { mergeCredentials } from './save-connection.ts'

const verifyTimeoutMs = 15_000
const none: Credentials = { apiKey: null, headers: {} }

interface Trial {
  allowPrivateHosts: boolean
  language: Language
}

/** Tries a form that is not stored, and stores nothing. */
export async function verifyForm(
  env: Bindings,
  form: ConnectionCreate & { modelId?: string | undefined },
  trial: Trial,
): Promise<Verification> {
  const { provider, baseUrl, vendor = 'auto', auth = 'key' } = form
  const { azureApiVersion = null, numCtx = null, modelIds = [] } = form
  const given = { provider, vendor, baseUrl, auth, azureApiVersion, numCtx, modelIds }
  const row = { ...given, withoutStreamOptions: false }
  return tryOut(env, row, mergeCredentials(none, form), form.modelId ?? null, trial)
}

/**
 * Tries a stored connection with changes laid over it. Blank credentials come from storage, but only
 * for the host they were given for.
 */
export async function verifyStored(
  env: Bindings,
  id: Id<'connection'>,
  form: ConnectionPatch & { modelId?: string | undefined },
  trial: Trial,
): Promise<Verification> {
  const stored = await findConnection(env, id)
  if (stored === null) throw new Fault('not_found')
  const { provider = stored.provider, vendor = stored.vendor } = form
  const { baseUrl = stored.baseUrl, auth = stored.auth } = form
  const { azureApiVersion = stored.azureApiVersion, numCtx = stored.numCtx } = form
  const { modelIds = stored.modelIds } = form
  const { withoutStreamOptions } = stored
  const given = { provider, vendor, baseUrl, auth, azureApiVersion, numCtx, modelIds }
  const row = { ...given, withoutStreamOptions }
  const known = isSamePlace(baseUrl, stored.baseUrl)
    ? await openCredentials(env, id, stored.credentials)
    : none
  return tryOut(env, row, mergeCredentials(known ?? none, form), form.modelId ?? null, trial)
}

async function tryOut(
  env: Bindings,
  row: Parameters<typeof withCredentials>[0],
  credentials: Credentials,
  modelId: string | null,
  { allowPrivateHosts, language }: Trial,
): Promise<Verification> {
  const guard = connectionGuard(env, allowPrivateHosts)
  const startedAt = Date.now()
  const connection = withCredentials(row, credentials)
  await admitAddress(connection.baseUrl, guard)
  const requestId = newId('request', startedAt)
  const answer = (found: Omit<Verification, 'ok' | 'latencyMs'>): Verification => ({
    ok: found.problem === null,
    latencyMs: Date.now() - startedAt,
    ...found,
  })
  if (row.auth === 'key' && credentials.apiKey === null) {
    const problem = toProblem(new Fault('connection_unusable'), requestId, language)
    return answer({ models: 0, sample: [], problem, provider: null })
  }
  const signal = AbortSignal.timeout(verifyTimeoutMs)
  const upstream = createUpstream({ signal, guard, alive: () => {} })
  try {
    const found = await verify(providerFor(row.provider), connection, upstream, modelId)
    const problem = found.problem === null ? null : toProblem(found.problem, requestId, language)
    return answer({ ...found, problem })
  } catch (error) {
    const fault = signal.aborted ? new Fault('provider_timeout') : error
    return answer({
      models: 0,
      sample: [],
      problem: toProblem(fault, requestId, language),
      provider: null,
    })
  }
}

/** The same host and port, and not without the encryption that the stored one has. */
function isSamePlace(given: string, stored: string): boolean {
  if (!URL.canParse(given) || !URL.canParse(stored)) return false
  return new URL(given).origin === new URL(stored).origin
}
