import type { ActorId } from '../contract/actor.ts'
import { isId, type Id } from '../contract/ids.ts'
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
  /** The key by which it is paid, where one is used, with what it may use in a day. */
  key?: { id: Id<'key'>; messagesPerDay: number | null; tokensPerDay: number | null }
}

/** A count of messages and tokens a day, and how far each may go. Null has no limit. */
export interface Counter {
  scope: QuotaScope
  /** What it is stored under. */
  subject: string
  limit: number | null
  tokensLimit: number | null
}

/** The counter of one actor; the first of `countersOf`. */
export function subjectOf(id: ActorId): string {
  return isId('guest', id) ? `guest:${id}` : `user:${id}`
}

export const allGuestsSubject = 'allGuests'

/** Every counter that must have room for a message, the actor's own first. Pure. */
export function countersOf(payer: Payer, settings: Settings): Counter[] {
  return isId('guest', payer.id) ? guestCounters(payer, settings) : userCounters(payer, settings)
}

function userCounters({ id, limits, key }: Payer, settings: Settings): Counter[] {
  const { messagesPerDay = settings['quota.user.messagesPerDay'] } = limits
  const { tokensPerDay = settings['quota.user.tokensPerDay'] } = limits
  return [
    { scope: 'user', subject: subjectOf(id), limit: messagesPerDay, tokensLimit: tokensPerDay },
    ...(key
      ? [
          {
            scope: 'key' as const,
            subject: `key:${key.id}`,
            limit: key.messagesPerDay,
            tokensLimit: key.tokensPerDay,
          },
        ]
      : []),
  ]
}

function guestCounters({ id, addressSubject }: Payer, settings: Settings): Counter[] {
  const counter = (scope: QuotaScope, subject: string, limit: number | null): Counter => ({
    scope,
    subject,
    limit,
    tokensLimit: null,
  })
  const each = settings['quota.guestAddress.messagesPerDay']
  return [
    counter('guest', subjectOf(id), settings['quota.guest.messagesPerDay']),
    counter('allGuests', allGuestsSubject, settings['quota.allGuests.messagesPerDay']),
    ...(addressSubject === null ? [] : [counter('guestAddress', addressSubject, each)]),
  ]
}
