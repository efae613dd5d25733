import { AccountState } from '#contract/accounts.ts'
import { Role } from '#contract/actor.ts'
import type { AuditEntry } from '#contract/audit.ts'
import { currentLanguage, t, type TextKey } from '../../text/i18n.ts'

/** A field of what was changed; null where nothing is said of before or after. */
export interface Change {
  field: string
  label: string
  before: string | null
  after: string | null
}

const labels = {
  username: 'audit.field.username',
  role: 'audit.field.role',
  state: 'audit.field.state',
  reason: 'audit.field.reason',
  note: 'audit.field.note',
  messagesPerDay: 'audit.field.messagesPerDay',
  tokensPerDay: 'audit.field.tokensPerDay',
  used: 'audit.field.used',
  limits: 'audit.field.limits',
  password: 'audit.field.password',
  name: 'audit.field.name',
  provider: 'audit.field.provider',
  vendor: 'audit.field.vendor',
  baseUrl: 'audit.field.baseUrl',
  auth: 'audit.field.auth',
  apiKey: 'audit.field.apiKey',
  headers: 'audit.field.headers',
  enabled: 'audit.field.enabled',
  prefix: 'audit.field.prefix',
  tags: 'audit.field.tags',
  modelIds: 'audit.field.modelIds',
  order: 'audit.field.order',
  revision: 'audit.field.revision',
  conversations: 'audit.field.conversations',
  count: 'audit.field.count',
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
    const said = textIfAny(`setting.${field}.null`)
    return said ?? t(isLimit(field) ? 'audit.value.noLimit' : 'audit.value.none')
  }
  if (typeof value === 'boolean') return t(value ? 'audit.value.yes' : 'audit.value.no')
  if (typeof value === 'number') return value.toLocaleString(currentLanguage())
  if (typeof value === 'string') return wordText(field, value)
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return value.length === 0 ? t('audit.value.none') : cut(value.join(', '))
  }
  return cut(JSON.stringify(value))
}

function wordText(field: string, value: string): string {
  if (value === '') return t('audit.value.empty')
  if (value === '[set]') return t('audit.value.set')
  if (value === '[cleared]') return t('audit.value.cleared')
  if (value === 'default' && isLimit(field)) return t('audit.value.default')
  const role = field === 'role' ? Role.safeParse(value) : null
  if (role?.success) return t(`role.${role.data}`)
  const state = field === 'state' ? AccountState.safeParse(value) : null
  if (state?.success) return t(`users.state.${state.data}`)
  return textIfAny(`setting.${field}.${value}`) ?? cut(value)
}

function isLimit(field: string): boolean {
  return field.endsWith('PerDay') || field === 'limits'
}

function cut(text: string): string {
  return text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text
}
