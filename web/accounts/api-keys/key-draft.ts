import {
  keyLimitBounds,
  keyNameLengthMax,
  keyScopes,
  type ApiKey,
  type KeyLimits,
  type KeyScope,
} from '#contract/api-keys.ts'
import type { Id } from '#contract/ids.ts'
import { parseCount } from '../../ui/count-text.ts'

export type LimitName = keyof KeyLimits
export const limitNames: readonly LimitName[] = [
  'messagesPerDay',
  'tokensPerDay',
  'requestsPerMinute',
]

/** Numbers of days, a day of one's choice, or for ever; `keep` is what a key has already. */
export type ExpiryChoice = 'keep' | 'never' | '30' | '90' | '365' | 'date'

/** A key as somebody fills it in. */
export interface KeyDraft {
  name: string
  expiry: ExpiryChoice
  /** The last day, as YYYY-MM-DD where the reader is. */
  date: string
  scopes: readonly KeyScope[]
  models: 'all' | 'some'
  modelIds: readonly Id<'model'>[]
  limits: Record<LimitName, string>
}

export function newDraft(): KeyDraft {
  return {
    name: '',
    expiry: 'never',
    date: '',
    scopes: keyScopes,
    models: 'all',
    modelIds: [],
    limits: { messagesPerDay: '', tokensPerDay: '', requestsPerMinute: '' },
  }
}

export function draftOf({ name, expiresAt, scopes, modelIds, limits }: ApiKey): KeyDraft {
  return {
    name,
    expiry: expiresAt === null ? 'never' : 'keep',
    date: '',
    scopes,
    models: modelIds === null ? 'all' : 'some',
    modelIds: modelIds ?? [],
    limits: {
      messagesPerDay: limits.messagesPerDay?.toString() ?? '',
      tokensPerDay: limits.tokensPerDay?.toString() ?? '',
      requestsPerMinute: limits.requestsPerMinute?.toString() ?? '',
    },
  }
}

export type UnfitField = 'nameMissing' | 'nameTooLong' | 'date' | 'scopes' | 'models' | LimitName

/** What has to be filled in otherwise before it can be sent. */
export function unfitIn(draft: KeyDraft, now = Date.now()): Set<UnfitField> {
  const unfit = new Set<UnfitField>(limitNames.filter((name) => limitOf(draft, name) === 'unfit'))
  const name = draft.name.trim()
  if (name === '') unfit.add('nameMissing')
  if (name.length > keyNameLengthMax) unfit.add('nameTooLong')
  if (draft.expiry === 'date' && (endOf(draft.date) ?? 0) <= now) unfit.add('date')
  if (draft.scopes.length === 0) unfit.add('scopes')
  if (draft.models === 'some' && draft.modelIds.length === 0) unfit.add('models')
  return unfit
}

/** What is sent of a draft that fits; what stays as it is, is left out. */
export function changesIn(draft: KeyDraft, now: number) {
  const expiresAt = expiryOf(draft, now)
  const limits = Object.fromEntries(limitNames.map((name) => [name, limitOf(draft, name)]))
  return {
    name: draft.name.trim(),
    modelIds: draft.models === 'all' ? null : [...draft.modelIds],
    limits: limits as KeyLimits,
    ...(expiresAt !== 'keep' && { expiresAt }),
  }
}

const dayMs = 86_400_000

function expiryOf({ expiry, date }: KeyDraft, now: number): number | null | 'keep' {
  switch (expiry) {
    case 'keep':
      return 'keep'
    case 'never':
      return null
    case 'date':
      return endOf(date)
    default:
      return now + Number(expiry) * dayMs
  }
}

/** The last moment of a day where the reader is; null for what is none. */
function endOf(date: string): number | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []
  if (!year || !month || !day) return null
  return new Date(Number(year), Number(month) - 1, Number(day) + 1).getTime() - 1
}

/** A day of the reader's calendar as a date field has it; today, unless it is told another. */
export function dateText(at = Date.now()): string {
  const date = new Date(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function limitOf({ limits }: KeyDraft, name: LimitName): number | null | 'unfit' {
  const { min, max } = keyLimitBounds[name]
  return parseCount(limits[name], min, max)
}
