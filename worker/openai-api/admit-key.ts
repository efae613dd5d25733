import type { MiddlewareHandler } from 'hono'
import { keyOf, type KeyInUse } from '../api-keys/authenticate-key.ts'
import type { KeyScope } from '../contract/api-keys.ts'
import { Fault } from '../platform/fault.ts'
import { addressOf } from '../platform/network.ts'
import { requireRate } from '../platform/request-rate.ts'
import type { AppContext, AppEnv } from '../platform/serve.ts'
import { applySettings } from '../settings/routes.ts'
import { takeRequest } from './request-window.ts'

/** So many requests a minute of one network address may come without a good key. */
const refusedMax = 1_200

const inUse = new WeakMap<object, KeyInUse>()

/** Who calls: found out once, before anything else. Off, there is nothing here at all. */
export const admitKey: MiddlewareHandler<AppEnv> = async (context, next) => {
  await applySettings(context)
  if (!context.get('settings')['api.enabled']) throw new Fault('not_found')
  const key = await keyOf(context).catch((error: unknown) => {
    // A program that is set up wrongly comes again and again.
    requireRate(context.env, `address:${addressOf(context.req.raw)}`, refusedMax, Date.now())
    throw error
  })
  inUse.set(context.req.raw, key)
  context.set('actor', key.user)
  limitRate(context, key)
  await next()
}

/** The key of this request, which must have `scope`. Refuses `forbidden`. */
export function keyFor(context: AppContext, scope: KeyScope): KeyInUse {
  const key = inUse.get(context.req.raw)
  if (!key) throw new Fault('not_signed_in')
  if (!key.scopes.includes(scope)) {
    const message = `This key has no scope '${scope}'.`
    throw new Fault('forbidden', { errors: [{ path: '', message }] })
  }
  return key
}

/** So many requests a minute, told in the headers that clients of OpenAI read. */
function limitRate(context: AppContext, { id, limits }: KeyInUse): void {
  const max = limits.requestsPerMinute ?? context.get('settings')['api.requestsPerMinute']
  if (max === null) return
  const { remaining, resetMs } = takeRequest(id, max, Date.now())
  context.header('x-ratelimit-limit-requests', String(max))
  context.header('x-ratelimit-remaining-requests', String(Math.max(0, remaining)))
  context.header('x-ratelimit-reset-requests', `${(resetMs / 1_000).toFixed(3)}s`)
  if (remaining < 0) throw new Fault('rate_limited', { retryAfterMs: resetMs })
}
