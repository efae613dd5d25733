import { auditStatement, type Author, type Change } from '../audit/record-audit.ts'
import type { Connection, ConnectionCreate, ConnectionPatch } from '../contract/connections.ts'
import { newId, type Id } from '../contract/ids.ts'
import { admitAddress } from '../platform/address-guard.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { providerFor } from '../providers/registry.ts'
import { connectionLabel } from '../providers/vendors.ts'
import { connectionChange, connectionTarget } from './audit-connection.ts'
import type { Circumstances } from './circumstances.ts'
import { connectionGuard } from './connection-guard.ts'
import {
  findConnection,
  insertConnection,
  showConnection,
  updateConnection,
  type ConnectionRow,
} from './connections.ts'
import { hintOf, openCredentials, sealCredentials, type Credentials } from './credentials.ts'
import { syncModels } from './sync-models.ts'

/**
 * Stores a connection and fetches its models; a list that cannot be had is only noted. `author` is
 * null where nobody made it.
 */
export async function createConnection(
  env: Bindings,
  input: ConnectionCreate,
  circumstances: Circumstances,
  author: Author | null,
): Promise<Connection> {
  const row = await addConnection(env, input, circumstances)
  const change = connectionChange(null, row, input)
  if (author) await record(env, 'connection.create', row, change, author)
  await syncModels(env, row, circumstances)
  return shown(env, row.id)
}

/** Stores a connection and asks its provider nothing yet. */
export async function addConnection(
  env: Bindings,
  input: ConnectionCreate,
  { allowPrivateHosts, now }: Circumstances,
): Promise<ConnectionRow> {
  const blank = blankConnection(input, now)
  const { row } = await withPatch(env, blank, input)
  await admitAddress(
    providerFor(row.provider).baseUrlOf(row.baseUrl),
    connectionGuard(env, allowPrivateHosts),
  )
  await insertConnection(env, row)
  return row
}

export async function changeConnection(
  env: Bindings,
  id: Id<'connection'>,
  patch: ConnectionPatch,
  { allowPrivateHosts, now }: Circumstances,
  author: Author,
): Promise<Connection> {
  const stored = await findConnection(env, id)
  if (stored === null) throw new Fault('not_found')
  const { row, isReachedAnew } = await withPatch(env, stored, patch)
  await admitAddress(
    providerFor(row.provider).baseUrlOf(row.baseUrl),
    connectionGuard(env, allowPrivateHosts),
  )
  await updateConnection(env, id, { ...row, updatedAt: now })
  const change = connectionChange(stored, row, patch)
  await record(env, 'connection.update', row, change, author)
  if (isReachedAnew && row.enabled) await syncModels(env, row, { allowPrivateHosts, now })
  return shown(env, id)
}

async function record(
  env: Bindings,
  kind: 'connection.create' | 'connection.update',
  row: ConnectionRow,
  change: Pick<Change, 'before' | 'after'>,
  author: Author,
): Promise<void> {
  const target = connectionTarget(row)
  await auditStatement(env, { kind, target, ...change }, author, Date.now()).run()
}

async function shown(env: Bindings, id: Id<'connection'>): Promise<Connection> {
  const connection = await showConnection(env, id)
  if (connection === null) throw new Fault('not_found')
  return connection
}

function blankConnection({ provider, baseUrl }: ConnectionCreate, now: number): ConnectionRow {
  return {
    id: newId('connection', now),
    name: connectionLabel(baseUrl, provider),
    provider,
    vendor: 'auto',
    baseUrl,
    enabled: true,
    auth: 'key',
    credentials: null,
    keyHint: null,
    headerNames: [],
    azureApiVersion: null,
    prefix: null,
    tags: [],
    modelIds: [],
    capabilities: {},
    numCtx: null,
    order: 100,
    withoutStreamOptions: false,
    checkedAt: null,
    ok: null,
    problem: null,
    createdAt: now,
    updatedAt: now,
  }
}

/**
 * A row with a patch laid over it. Absent fields stay, credentials included; a header without a
 * value keeps the one stored under its name.
 */
async function withPatch(env: Bindings, row: ConnectionRow, patch: ConnectionPatch) {
  const { apiKey, headers, capabilities, ...given } = patch
  const plain = definedOf(given) as Partial<ConnectionRow>
  const next: ConnectionRow = {
    ...row,
    ...plain,
    capabilities: { ...row.capabilities, ...capabilities },
  }
  const touchesSecrets = apiKey !== undefined || headers !== undefined
  if (touchesSecrets) {
    const stored = (await openCredentials(env, row.id, row.credentials)) ?? {
      apiKey: null,
      headers: {},
    }
    const credentials = mergeCredentials(stored, patch)
    next.credentials = await sealCredentials(env, row.id, credentials)
    next.keyHint = hintOf(credentials.apiKey)
    next.headerNames = Object.keys(credentials.headers)
  }
  const addressed = ['baseUrl', 'provider', 'vendor', 'auth', 'modelIds', 'enabled'] as const
  const isReachedAnew = touchesSecrets || addressed.some((field) => plain[field] !== undefined)
  // What was learned of one address says nothing of another.
  if (next.baseUrl !== row.baseUrl) next.withoutStreamOptions = false
  return { row: next, isReachedAnew }
}

/** Stored credentials with a patch laid over them; null clears the key. */
export function mergeCredentials(
  stored: Credentials,
  { apiKey, headers }: Pick<ConnectionPatch, 'apiKey' | 'headers'>,
): Credentials {
  const kept = headers?.flatMap(({ name, value }) => {
    const known = value ?? (Object.hasOwn(stored.headers, name) ? stored.headers[name] : undefined)
    return known === undefined ? [] : [[name, known] as const]
  })
  return {
    apiKey: apiKey === undefined ? stored.apiKey : apiKey,
    headers: kept ? Object.fromEntries(kept) : stored.headers,
  }
}

function definedOf(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
