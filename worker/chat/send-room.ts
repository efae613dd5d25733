import type { Actor } from '../contract/actor.ts'
import { requireRate } from '../platform/request-rate.ts'
import type { Bindings } from '../platform/env.ts'

/** Sends are dearer than other requests, so they have a rate of their own. */
export function requireSendRoom(env: Bindings, actor: Actor): void {
  requireRate(env, `send:${actor.id}`, actor.type === 'user' ? 30 : 10, Date.now())
}
