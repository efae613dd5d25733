import type { KeyInUse } from '../api-keys/authenticate-key.ts'
import { limitsOf } from '../chat/compose-order.ts'
import type { RunLimits } from '../chat/generation-order.ts'
import { connectionGuard } from '../connections/connection-guard.ts'
import { askerOf } from '../connections/model-access.ts'
import { modelByName } from '../connections/model-by-name.ts'
import { toProviderConnection } from '../connections/provider-connection.ts'
import type { UsableModel } from '../connections/usable-model.ts'
import { newId, type Id } from '../contract/ids.ts'
import type { Quota } from '../contract/quotas.ts'
import type { AddressGuard } from '../platform/address-guard.ts'
import { Fault } from '../platform/fault.ts'
import { log } from '../platform/log.ts'
import type { AppContext } from '../platform/serve.ts'
import type { Provider, ProviderConnection } from '../providers/provider.ts'
import { providerFor } from '../providers/registry.ts'
import { CallAccount } from './call-account.ts'
import { reserveCall } from './reserve-call.ts'
import { settleCall, type CallOutcome } from './settle-call.ts'

/** Where a call goes, and as whom. */
export interface Target {
  key: KeyInUse
  usable: UsableModel
  provider: Provider
  connection: ProviderConnection
}

/** The model a call names, for a key that may use it. Refuses `model_*` and `forbidden`. */
export async function targetOf(
  context: AppContext,
  key: KeyInUse,
  name: string,
  embeds = false,
): Promise<Target> {
  const { env } = context
  const asking = { asker: askerOf(key.user), embeds }
  const usable = await modelByName(env, name, context.get('settings'), asking)
  if (key.modelIds !== null && !key.modelIds.includes(usable.model.id)) {
    const message = `This key may not use the model '${name}'.`
    throw new Fault('forbidden', { errors: [{ path: 'model', message }] })
  }
  const connection = await toProviderConnection(env, usable.connection)
  return { key, usable, provider: providerFor(connection.provider), connection }
}

/** A call whose unit is taken. It must be ended, once. */
export interface BegunCall {
  id: Id<'response'>
  account: CallAccount
  limits: RunLimits
  guard: AddressGuard
  /** Settles it, also while the reply is still on its way. `error` null ends it well. */
  end(error: unknown, hasLeft?: boolean): void
}

/** Takes the unit of a call, or refuses `quota_exceeded` or `token_budget_exceeded`. */
export async function beginCall(
  context: AppContext,
  { key, usable }: Target,
  { kind, promptTokens }: { kind: 'v1' | 'embedding'; promptTokens: number },
): Promise<BegunCall> {
  const { env } = context
  const settings = context.get('settings')
  const now = Date.now()
  const id = newId('response', now)
  const costs = kind === 'v1'
  const quota = await reserveCall(env, {
    id,
    kind,
    payer: {
      id: key.user.id,
      limits: key.ownLimits,
      addressSubject: null,
      key: { ...key.limits, id: key.id },
    },
    keyId: key.id,
    model: usable.model,
    connectionId: usable.connection.id,
    costs,
    settings,
    now,
  })
  tellTokens(context, quota)
  const account = new CallAccount(now, promptTokens)
  let hasEnded = false
  return {
    id,
    account,
    limits: limitsOf(settings),
    guard: connectionGuard(env, settings['provider.allowPrivateHosts']),
    end(error, hasLeft = false) {
      if (hasEnded) return
      hasEnded = true
      const outcome = outcomeOf(account, error, hasLeft, settings['usage.providerOnly'])
      const charged = { ...outcome, refunded: costs && !account.hasProduced }
      context.executionCtx.waitUntil(settle(context, id, charged))
    },
  }
}

/** What is left of a token budget, in the headers that clients of OpenAI read. */
function tellTokens(context: AppContext, { tokens }: Quota): void {
  if (tokens?.limit == null) return
  context.header('x-ratelimit-limit-tokens', String(tokens.limit))
  context.header('x-ratelimit-remaining-tokens', String(tokens.remaining))
}

function outcomeOf(
  account: CallAccount,
  error: unknown,
  hasLeft: boolean,
  providerOnly: boolean,
): Omit<CallOutcome, 'refunded'> {
  const { usage, source } = account.settled(providerOnly)
  const code = error instanceof Fault ? error.code : error === null ? null : 'internal'
  const state = hasLeft
    ? 'cancelled'
    : code === null
      ? 'complete'
      : account.hasProduced
        ? 'interrupted'
        : 'failed'
  return {
    state,
    problemCode: hasLeft ? null : code,
    usage,
    usageSource: source,
    firstTokenMs: account.firstAt === null ? null : account.firstAt - account.startedAt,
    durationMs: Date.now() - account.startedAt,
    attempts: account.attempts,
  }
}

const triesMax = 3

/** A call that could not be written down is found open later, and ended then. */
async function settle(
  context: AppContext,
  id: Id<'response'>,
  outcome: CallOutcome,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await settleCall(context.env, id, outcome, Date.now())
    } catch (error) {
      if (tries < triesMax) continue
      log(context.env, 'error', { message: 'A call was not settled.', id, cause: String(error) })
      return
    }
  }
}
