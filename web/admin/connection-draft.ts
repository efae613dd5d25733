import type {
  Connection,
  ConnectionCreate,
  ConnectionPatch,
  Vendor,
} from '#contract/connections.ts'
import type { Problem } from '#contract/problems.ts'

/** A secret in a form: what is stored stays, goes, or is replaced by what was typed. */
export type SecretDraft = { type: 'keep' } | { type: 'clear' } | { type: 'replace'; value: string }

export interface HeaderDraft {
  name: string
  value: SecretDraft
}

/** A connection as it stands in the form, every field as text. */
export interface ConnectionDraft {
  name: string
  vendor: Vendor
  baseUrl: string
  auth: 'key' | 'none'
  apiKey: SecretDraft
  prefix: string
  tags: string
  modelIds: string
  headers: HeaderDraft[]
}

export const emptyDraft: ConnectionDraft = {
  name: '',
  vendor: 'auto',
  baseUrl: '',
  auth: 'key',
  apiKey: { type: 'replace', value: '' },
  prefix: '',
  tags: '',
  modelIds: '',
  headers: [],
}

export function draftOf(connection: Connection): ConnectionDraft {
  const { name, vendor, baseUrl, auth, apiKey, prefix, tags, modelIds, headers } = connection
  return {
    name,
    vendor,
    baseUrl,
    auth,
    apiKey: apiKey.set ? { type: 'keep' } : { type: 'replace', value: '' },
    prefix: prefix ?? '',
    tags: tags.join(', '),
    modelIds: modelIds.join('\n'),
    headers: headers.map((header) => ({ name: header.name, value: { type: 'keep' } })),
  }
}

/** The draft as a new connection. Fields left empty are left out, so the server's defaults hold. */
export function createOf(draft: ConnectionDraft): ConnectionCreate {
  const { name, apiKey, baseUrl, ...rest } = fieldsOf(draft)
  return {
    ...rest,
    provider: 'openai',
    baseUrl: baseUrl ?? '',
    ...(name && { name }),
    ...(apiKey && { apiKey }),
  }
}

/** What differs from `stored`; what is not mentioned stays as it is, secrets above all. */
export function patchOf(draft: ConnectionDraft, stored: Connection): ConnectionPatch {
  const before = fieldsOf(draftOf(stored)) as Record<string, unknown>
  const after = fieldsOf(draft) as Record<string, unknown>
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  )
  return Object.fromEntries(changed) as ConnectionPatch
}

function fieldsOf(draft: ConnectionDraft): ConnectionPatch {
  const { vendor, auth } = draft
  return {
    name: draft.name.trim(),
    vendor,
    baseUrl: draft.baseUrl.trim(),
    auth,
    prefix: draft.prefix.trim() || null,
    tags: listOf(draft.tags, /[,，\n]/),
    modelIds: listOf(draft.modelIds, /[\n,]/),
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

function listOf(text: string, separator: RegExp): string[] {
  const items = text.split(separator).map((item) => item.trim())
  return [...new Set(items.filter((item) => item !== ''))]
}

/** Whether the stored key is of no use because the address now leads to another host. */
export function needsKeyAgain(draft: ConnectionDraft, stored: Connection | null): boolean {
  if (!stored || draft.auth === 'none' || draft.apiKey.type !== 'keep') return false
  return hostOf(draft.baseUrl) !== hostOf(stored.baseUrl)
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null
}

export type ConnectionField = keyof ConnectionDraft

/** Why a connection was refused, at the fields concerned; empty when it is about none of them. */
export function connectionErrors(problem: Problem): Partial<Record<ConnectionField, string>> {
  if (problem.code === 'address_refused') return { baseUrl: problem.detail }
  if (problem.code !== 'invalid_request' || !Array.isArray(problem.errors)) return {}
  const errors = problem.errors as { path?: unknown; message?: unknown }[]
  return Object.fromEntries(
    errors
      .map(({ path, message }) => [String(path).split('.')[0] ?? '', String(message)] as const)
      .filter(([field]) => Object.hasOwn(emptyDraft, field)),
  )
}
