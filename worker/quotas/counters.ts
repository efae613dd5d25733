import type { ActorId } from '../contract/actor.ts'
import { isId } from '../contract/ids.ts'
import type { QuotaScope } from '../contract/quotas.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { OwnLimits } from '../contract/users.ts'

/** Whose counters a message is taken from. */
export interface Payer {
  id: ActorId
  /** A user's own limits; a guest has none. */
  limits: OwnLimits
  /** The counter of the network address a guest comes from. */
  addressSubject: string | null
}

/** A count of messages a day, and how far it may go. Null has no limit. */
export interface Counter {
  scope: QuotaScope
  /** What it is stored under. */
  subject: string
  limit: number | null
}

/** The counter of one actor; the first of `countersOf`. */
export function subjectOf(id: ActorId): string {
  return isId('guest', id) ? `guest:${id}` : `user:${id}`
}

export const allGuestsSubject = 'allGuests'

/** Every counter that must have room for a message, the actor's own first. Pure. */
export function countersOf({ id, limits, addressSubject }: Payer, settings: Settings): Counter[] {
  const subject = subjectOf(id)
  if (!isId('guest', id)) {
    const { messagesPerDay = settings['quota.user.messagesPerDay'] } = limits
    return [{ scope: 'user', subject, limit: messagesPerDay }]
  }
  const all = settings['quota.allGuests.messagesPerDay']
  const each = settings['quota.guestAddress.messagesPerDay']
  return [
    { scope: 'guest', subject, limit: settings['quota.guest.messagesPerDay'] },
    { scope: 'allGuests', subject: allGuestsSubject, limit: all },
    ...(addressSubject === null
      ? []
      : [{ scope: 'guestAddress' as const, subject: addressSubject, limit: each }]),
  ]
}

/** How many tokens a user may use in a day; guests have no budget. */
export function tokenLimitOf({ id, limits }: Payer, settings: Settings): number | null {
  if (isId('guest', id)) return null
  const { tokensPerDay = settings['quota.user.tokensPerDay'] } = limits
  return tokensPerDay
}
