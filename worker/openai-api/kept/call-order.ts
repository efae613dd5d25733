import type { ActorId } from '../../contract/actor.ts'
import type { Id } from '../../contract/ids.ts'
import type { RunLimits } from '../../chat/generation-order.ts'
import type { UsableModel } from '../../connections/usable-model.ts'
import type { Fields } from '../../providers/narrow.ts'
import type { TagPair } from '../../providers/reasoning-tags.ts'
import type { Route } from '../answer.ts'
import type { Charging } from '../outcome-of.ts'
import type { Item } from '../responses/response-items.ts'

/** What the object keeps of an order: enough to end the call or to run it again, nothing secret. */
export interface CallFacts {
  id: Id<'response'>
  ownerId: ActorId
  requestId: Id<'request'>
  route: Route
  isStream: boolean
  isStored: boolean
  isBackground: boolean
  modelId: Id<'model'>
  /** The name its caller knows the model by. */
  modelName: string
  startedAt: number
  promptTokens: number
  limits: RunLimits
  charging: Charging
  allowPrivateHosts: boolean
  tagPairs: readonly TagPair[]
  expiresAt: number
}

/** What was asked: texts of the caller, kept as long as they are of use. */
export interface CallMaterial {
  body: Fields
  /** The items of the responses before this one. */
  earlier: readonly Item[]
}

/** Everything one call needs. It crosses from Worker to object once. */
export interface CallOrder extends CallFacts, CallMaterial {
  usable: UsableModel
}

export function factsOf({ body, earlier, usable, ...facts }: CallOrder): CallFacts {
  return facts
}
