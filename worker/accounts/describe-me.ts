import type { Me } from '../contract/accounts.ts'
import type { Actor } from '../contract/actor.ts'
import type { AppContext } from '../platform/serve.ts'
import { payerOf } from '../quotas/payer.ts'
import { meOf } from './me.ts'

/** What the page of this request needs to know about `actor`. */
export function describeMe(context: AppContext, actor: Actor | null): Promise<Me> {
  const now = Date.now()
  return meOf(context.env, actor, {
    payer: actor && payerOf(context, actor, now),
    settings: context.get('settings'),
    settingsRevision: context.get('settingsRevision'),
    now,
  })
}
