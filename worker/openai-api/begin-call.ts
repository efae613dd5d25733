import type { KeyInUse } from '../api-keys/authenticate-key.ts'
import { limitsOf } from '../chat/compose-order.ts'
import type { RunLimits } from '../chat/generation-order.ts'
import { connectionGuard } from '../connections/connection-guard.ts'
import { askerOf } from '../connections/model-access.ts'
import { modelByName } from '../connections/model-by-name.ts'
import { toProviderConnection } from '../connections/provider-connection.ts'
import type { UsableModel } from '../connections/usable-model.ts'
import { newId, type Id } from '../contract/ids.ts'
import type { AddressGuard } from '../platform/address-guard.ts'
import { Fault } from '../platform/fault.ts'
import { log } from '../platform/log.ts'
import type { AppContext } from '../platform/serve.ts'
import type { Provider, ProviderConnection } from '../providers/provider.ts'
import { providerFor } from '../providers/registry.ts'
import { CallAccount } from './call-account.ts'
import { outcomeOf } from './outcome-of.ts'
import {
  reserveCall,
  type CallToReserve,
  type KeptCall,
  type ReservedCall,
  type TokenBudget,
} from './reserve-call.ts'
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

export interface CallToBegin {
  kind: 'v1' | 'embedding'
  promptTokens: number
}

/** Takes the unit of a call, or refuses `quota_exceeded` or `token_budget_exceeded`. */
export async function beginCall(
  context: AppContext,
  target: Target,
  { kind, promptTokens }: CallToBegin,
): Promise<BegunCall> {
  const { env } = context
  const settings = context.get('settings')
  const now = Date.now()
  const { id } = await reserve(context, target, { kind, now })
  const account = new CallAccount(now, promptTokens)
  const charging = { costs: kind === 'v1', providerOnly: settings['usage.providerOnly'] }
  let hasEnded = false
  return {
    id,
    account,
    limits: limitsOf(settings),
    guard: connectionGuard(env, settings['provider.allowPrivateHosts']),
    end(error, hasLeft = false) {
      if (hasEnded) return
      hasEnded = true
      const outcome = outcomeOf(account, error, hasLeft, charging)
      context.executionCtx.waitUntil(settle(context, id, outcome))
    },
  }
}

/** Takes the unit of a call for the owner of its key, and tells what is left of a token budget. */
export async function reserve(
  context: AppContext,
  { key, usable }: Target,
  { kind, kept, now }: { kind: 'v1' | 'embedding'; kept?: KeptCall; now: number },
): Promise<ReservedCall> {
  const call: CallToReserve = {
    id: newId('response', now),
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
    costs: kind === 'v1',
    settings: context.get('settings'),
    now,
    ...(kept && { kept }),
  }
  try {
    const reserved = await reserveCall(context.env, call)
    tellTokens(context, reserved.budget)
    return reserved
  } catch (error) {
    if (error instanceof Fault) tellTokens(context, error.members['budget'] as TokenBudget | null)
    throw error
  }
}

/** What is left of a token budget, in the headers that clients of OpenAI read. */
function tellTokens(context: AppContext, budget: TokenBudget | null | undefined): void {
  if (!budget) return
  context.header('x-ratelimit-limit-tokens', String(budget.limit))
  context.header('x-ratelimit-remaining-tokens', String(budget.remaining))
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
