import type { Actor } from '../contract/actor.ts'
import { keyedHash } from '../platform/crypto.ts'
import { deploymentOf } from '../platform/env.ts'
import { addressOf, householdOf } from '../platform/network.ts'
import type { AppContext } from '../platform/serve.ts'
import type { Payer } from './counters.ts'
import { dayOf } from './quota-day.ts'

/** Who pays for what this request does. */
export function payerOf(context: AppContext, actor: Actor, now: number): Payer {
  if (actor.type === 'user') {
    return { id: actor.id, limits: context.get('limits'), addressSubject: null }
  }
  // Kept as a keyed hash whose key changes with the day, like the counter it names.
  const day = dayOf(now, context.get('settings')['quota.timeZone'])
  const text = `${day}:${householdOf(addressOf(context.req.raw))}`
  const hash = keyedHash(text, deploymentOf(context.env).jwtSecret)
  return { id: actor.id, limits: {}, addressSubject: `address:${hash}` }
}
