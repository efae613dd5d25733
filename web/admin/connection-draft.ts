import type {
  Connection,
  ConnectionCreate,
  ConnectionField,
  ConnectionPatch,
  ProviderInfo,
  Vendor,
} from '#contract/connections.ts'
import type { Problem } from '#contract/problems.ts'
import { parseCount, parseList } from '../ui/count-text.ts'
import { saidIn, sentCapabilities, type SaidCapabilities } from './said-capabilities.ts'
import { vendorUrls } from './vendors.ts'

/** A secret in a form: what is stored stays, goes, or is replaced by what was typed. */
export type SecretDraft = { type: 'keep' } | { type: 'clear' } | { type: 'replace'; value: string }

export interface HeaderDraft {
  name: string
  value: SecretDraft
}

/** A connection as it stands in the form, what is typed as text. */
export interface ConnectionDraft {
  provider: string
  name: string
  vendor: Vendor
  baseUrl: string
  auth: 'key' | 'none'
  apiKey: SecretDraft
  azureApiVersion: string
  numCtx: string
  prefix: string
  tags: string
  modelIds: string
  /** What is said of all its models; unsaid is as detected. */
  capabilities: SaidCapabilities
  headers: HeaderDraft[]
}

export const emptyDraft: ConnectionDraft = {
  provider: '',
  name: '',
  vendor: 'auto',
  baseUrl: '',
  auth: 'key',
  apiKey: { type: 'replace', value: '' },
  azureApiVersion: '',
  numCtx: '',
  prefix: '',
  tags: '',
  modelIds: '',
  capabilities: {},
  headers: [],
}

export function draftOf(connection: Connection): ConnectionDraft {
  const { provider, name, vendor, baseUrl, auth, apiKey, capabilities } = connection
  return {
    provider,
    name,
    vendor,
    baseUrl,
    auth,
    apiKey: apiKey.set ? { type: 'keep' } : { type: 'replace', value: '' },
    azureApiVersion: connection.azureApiVersion ?? '',
    numCtx: connection.numCtx === null ? '' : String(connection.numCtx),
    prefix: connection.prefix ?? '',
    tags: connection.tags.join(', '),
    modelIds: connection.modelIds.join('\n'),
    capabilities: saidIn(capabilities),
    headers: connection.headers.map(({ name: header }) => ({
      name: header,
      value: { type: 'keep' },
    })),
  }
}

/**
 * The draft for another kind of provider. What was typed stays; an address and a way of signing in
 * that were only suggested make place for the new suggestion.
 */
export function withProvider(
  draft: ConnectionDraft,
  next: ProviderInfo,
  providers: readonly ProviderInfo[],
): ConnectionDraft {
  const suggested = ['', ...vendorUrls, ...providers.map(({ baseUrlDefault }) => baseUrlDefault)]
  const isSuggested = suggested.includes(draft.baseUrl.trim())
  const hasKey = draft.apiKey.type !== 'replace' || draft.apiKey.value.trim() !== ''
  return {
    ...draft,
    provider: next.id,
    vendor: next.fields.includes('vendor') && !isSuggested ? draft.vendor : 'auto',
    baseUrl: isSuggested ? (next.baseUrlDefault ?? '') : draft.baseUrl,
    auth: hasKey ? draft.auth : next.authDefault,
  }
}

export const numCtxBounds = { min: 256, max: 10_000_000 }

/** Whether a context length was typed that is none. */
export function isNumCtxUnfit({ numCtx }: ConnectionDraft, { fields }: ProviderInfo): boolean {
  const { min, max } = numCtxBounds
  return fields.includes('numCtx') && parseCount(numCtx, min, max) === 'unfit'
}

/** The draft as a new connection. Fields left empty are left out, so the server's defaults hold. */
export function createOf(draft: ConnectionDraft, { fields }: ProviderInfo): ConnectionCreate {
  const { name, apiKey, baseUrl, ...rest } = fieldsOf(draft, fields)
  return {
    ...rest,
    provider: draft.provider,
    baseUrl: baseUrl ?? '',
    capabilities: draft.capabilities,
    ...(name && { name }),
    ...(apiKey && { apiKey }),
  }
}

/** What differs from `stored`; what is not mentioned stays as it is, secrets above all. */
export function patchOf(
  draft: ConnectionDraft,
  stored: Connection,
  { fields }: ProviderInfo,
): ConnectionPatch {
  const before = fieldsOf(draftOf(stored), [
    'vendor',
    'azureApiVersion',
    'numCtx',
    'modelIds',
  ]) as Record<string, unknown>
  const after = fieldsOf(draft, fields) as Record<string, unknown>
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  )
  return Object.fromEntries(changed) as ConnectionPatch
}

/** What only some kinds have is as if never filled in where the kind does not have it. */
function fieldsOf(draft: ConnectionDraft, fields: readonly ConnectionField[]): ConnectionPatch {
  const has = (field: ConnectionField) => fields.includes(field)
  const numCtx = parseCount(draft.numCtx, numCtxBounds.min, numCtxBounds.max)
  return {
    name: draft.name.trim(),
    provider: draft.provider,
    vendor: has('vendor') ? draft.vendor : 'auto',
    baseUrl: draft.baseUrl.trim(),
    auth: draft.auth,
    azureApiVersion: (has('azureApiVersion') && draft.azureApiVersion.trim()) || null,
    numCtx: has('numCtx') && numCtx !== 'unfit' ? numCtx : null,
    prefix: draft.prefix.trim() || null,
    tags: parseList(draft.tags, /[,，\n]/),
    modelIds: has('modelIds') ? parseList(draft.modelIds, /[\n,]/) : [],
    capabilities: sentCapabilities(draft.capabilities),
    headers: draft.headers
      .filter(({ name }) => name.trim() !== '')
      .map(({ name, value }) => ({
        name: name.trim(),
        ...(value.type === 'replace' && { value: value.value }),
      })),
    ...secretOf(draft.apiKey),
  }
}

function secretOf(secret: SecretDraft): { apiKey?: string | null } {
  if (secret.type === 'clear') return { apiKey: null }
  if (secret.type === 'replace' && secret.value.trim()) return { apiKey: secret.value.trim() }
  return {}
}

/** Whether the stored key is of no use because the address now leads to another host, or there in the open. */
export function needsKeyAgain(draft: ConnectionDraft, stored: Connection | null): boolean {
  if (!stored || draft.auth === 'none' || draft.apiKey.type !== 'keep') return false
  return originOf(draft.baseUrl) !== originOf(stored.baseUrl)
}

/** Whether a connection signs in with a key and has none, as after an import. */
export function lacksKey({ auth, apiKey }: Pick<Connection, 'auth' | 'apiKey'>): boolean {
  return auth === 'key' && !apiKey.set
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null
}

export type DraftField = keyof ConnectionDraft

/** Why a connection was refused, at the fields concerned; empty when it is about none of them. */
export function connectionErrors(problem: Problem): Partial<Record<DraftField, string>> {
  if (problem.code === 'address_refused') return { baseUrl: problem.detail }
  if (problem.code !== 'invalid_request' || !Array.isArray(problem.errors)) return {}
  const errors = problem.errors as { path?: unknown; message?: unknown }[]
  return Object.fromEntries(
    errors
      .map(({ path, message }) => [String(path).split('.')[0] ?? '', String(message)] as const)
      .filter(([field]) => Object.hasOwn(emptyDraft, field)),
  )
}
