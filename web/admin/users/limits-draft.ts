import type { OwnLimits } from '#contract/users.ts'
import { parseCount } from '../../ui/count-text.ts'

export type LimitKey = keyof OwnLimits
export const limitKeys: readonly LimitKey[] = ['messagesPerDay', 'tokensPerDay']

export const limitMax: Record<LimitKey, number> = {
  messagesPerDay: 100_000,
  tokensPerDay: 1_000_000_000,
}

/** What limits somebody: the installation's limit, none at all, or one of their own. */
export interface LimitDraft {
  kind: 'default' | 'none' | 'own'
  text: string
}

export type LimitsDraft = Record<LimitKey, LimitDraft>

/** The choice that stands for what is stored. */
export function draftOf(limits: OwnLimits): LimitsDraft {
  return {
    messagesPerDay: choice(limits.messagesPerDay),
    tokensPerDay: choice(limits.tokensPerDay),
  }
}

function choice(limit: number | null | undefined): LimitDraft {
  if (limit === undefined) return { kind: 'default', text: '' }
  return limit === null ? { kind: 'none', text: '' } : { kind: 'own', text: String(limit) }
}

/** The limit as it is sent. A number that was not given is the installation's. */
export function limitOf(
  { kind, text }: LimitDraft,
  { min, max }: { min: number; max: number },
): number | null | 'default' | 'unfit' {
  if (kind === 'default') return 'default'
  if (kind === 'none') return null
  return parseCount(text, min, max) ?? 'default'
}
