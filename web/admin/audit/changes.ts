import { AccountState } from '#contract/accounts.ts'
import { Role } from '#contract/actor.ts'
import { KeyScope } from '#contract/api-keys.ts'
import type { AuditEntry } from '#contract/audit.ts'
import { problemCodes } from '#contract/problems.ts'
import { problemText } from '../../api/problem-text.ts'
import { exactTime } from '../../text/exact-time.ts'
import { currentLanguage, t, type TextKey } from '../../text/i18n.ts'

/** A field of what was changed; null where nothing is said of before or after. */
export interface Change {
  field: string
  label: string
  before: string | null
  after: string | null
}

const labels = {
  username: 'account.username',
  password: 'account.password',
  role: 'users.role',
  state: 'users.state',
  reason: 'audit.field.reason',
  code: 'audit.field.reason',
  messagesPerDay: 'users.limit.messagesPerDay',
  tokensPerDay: 'users.limit.tokensPerDay',
  used: 'audit.field.used',
  limits: 'audit.field.limits',
  name: 'connections.name',
  provider: 'connect.kind',
  vendor: 'connections.vendor',
  baseUrl: 'connections.baseUrl',
  enabled: 'audit.field.enabled',
  auth: 'connections.auth',
  apiKey: 'connections.apiKey',
  headers: 'connections.headers',
  azureApiVersion: 'connect.azureApiVersion',
  prefix: 'connections.prefix',
  tags: 'connections.tags',
  modelIds: 'connections.modelIds',
  capabilities: 'models.field.abilities',
  numCtx: 'connect.numCtx',
  order: 'audit.field.order',
  label: 'models.field.label',
  hidden: 'models.field.hidden',
  contextWindow: 'models.field.context',
  outputTokens: 'models.field.output',
  efforts: 'models.field.efforts',
  price: 'models.field.price',
  access: 'models.field.access',
  models: 'audit.field.models',
  names: 'audit.field.names',
  created: 'audit.field.created',
  lists: 'audit.field.lists',
  failed: 'audit.field.failed',
  added: 'audit.field.added',
  removed: 'audit.field.removed',
  owner: 'audit.field.owner',
  scopes: 'apiKeys.scopes',
  expiresAt: 'apiKeys.expiry',
  requestsPerMinute: 'apiKeys.limit.requestsPerMinute',
} as const satisfies Record<string, TextKey>

/** What nothing stands for, where it is not simply none. */
const absences = {
  models: 'apiKeys.allModels',
  expiresAt: 'apiKeys.expiry.never',
  requestsPerMinute: 'users.asInstalled',
} as const satisfies Record<string, TextKey>

/** What an entry says was changed, in words and in the order it is told. */
export function changesOf({ before, after }: AuditEntry): Change[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...fields].map((field) => ({
    field,
    label: labelOf(field),
    before: before && field in before ? valueText(field, before[field]) : null,
    after: after && field in after ? valueText(field, after[field]) : null,
  }))
}

/** Settings are named as where they are set; what is unknown here, as it is stored. */
function labelOf(field: string): string {
  if (Object.hasOwn(labels, field)) return t(labels[field as keyof typeof labels])
  return textIfAny(`setting.${field}`) ?? field
}

/** A text that may not be there. */
function textIfAny(key: string): string | null {
  const text = (t as (key: string) => string)(key)
  return text === key ? null : text
}

const lengthMax = 600

function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined) {
    if (Object.hasOwn(absences, field)) return t(absences[field as keyof typeof absences])
    const said = textIfAny(`setting.${field}.null`)
    return said ?? t(isLimit(field) ? 'users.noLimit' : 'audit.value.none')
  }
  if (typeof value === 'boolean') return t(value ? 'admin.yes' : 'admin.no')
  if (typeof value === 'number') {
    return field.endsWith('At') ? exactTime(value) : value.toLocaleString(currentLanguage())
  }
  if (typeof value === 'string') return wordText(field, value)
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    const words = value.map((word) => (field === 'scopes' ? scopeText(word) : word))
    return words.length === 0 ? t('audit.value.none') : cut(words.join(', '))
  }
  return cut(JSON.stringify(value))
}

function wordText(field: string, value: string): string {
  if (value === '') return t('audit.value.empty')
  if (value === '[set]') return t('audit.value.set')
  if (value === '[cleared]') return t('audit.value.cleared')
  if (value === 'default' && isLimit(field)) return t('users.asInstalled')
  const role = field === 'role' ? Role.safeParse(value) : null
  if (role?.success) return t(`role.${role.data}`)
  const state = field === 'state' ? AccountState.safeParse(value) : null
  if (state?.success) return t(`users.state.${state.data}`)
  if (field === 'auth') return t(value === 'none' ? 'connections.authNone' : 'connections.authKey')
  const code = field === 'code' ? problemCodes.find((known) => known === value) : undefined
  if (code) return problemText({ code })
  return textIfAny(`setting.${field}.${value}`) ?? cut(value)
}

function scopeText(word: string): string {
  const scope = KeyScope.safeParse(word)
  return scope.success ? t(`apiKeys.scope.${scope.data}`) : word
}

function isLimit(field: string): boolean {
  return field.endsWith('PerDay') || field === 'limits'
}

function cut(text: string): string {
  return text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text
}
