import { Refused } from '../api/refused.ts'

/** Why an account that exists cannot be used now. */
export interface RefusedAccount {
  type: 'pending' | 'rejected' | 'disabled'
  reason: string | null
}

const types = {
  account_pending: 'pending',
  account_rejected: 'rejected',
  account_disabled: 'disabled',
} as const

/** What a refused sign-in says of the account; null when it is about something else. */
export function refusedAccountOf(error: unknown): RefusedAccount | null {
  if (!(error instanceof Refused)) return null
  const { code, reason } = error.problem
  if (!(code in types)) return null
  const type = types[code as keyof typeof types]
  return { type, reason: typeof reason === 'string' && reason !== '' ? reason : null }
}
