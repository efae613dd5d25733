import type { ActorId } from '../../contract/actor.ts'
import type { Id } from '../../contract/ids.ts'
import type { ProblemCode } from '../../contract/problems.ts'
import type { Bindings } from '../../platform/env.ts'
import { Fault } from '../../platform/fault.ts'
import { invalidField } from '../field-faults.ts'
import { faultStatus, type CallQuestion } from './call-object.ts'
import type { CallOrder } from './call-order.ts'

const waitsMs = [100, 400, 1_600]

export interface Asking {
  id: Id<'response'>
  owner: ActorId
  ask: CallQuestion
  /** After how many frames a stream is to begin. */
  after?: number
  /** The ids of the items that are named. */
  items?: readonly string[]
}

/** Begins a call, unless it was begun before, and asks for its answer in the same request. */
export function beginKept(
  env: Bindings,
  order: CallOrder,
  asking: Pick<Asking, 'id' | 'ask'>,
): Promise<Response> {
  const body = JSON.stringify(order)
  return ask(env, { ...asking, owner: order.ownerId }, { method: 'POST', body })
}

/** Asks a kept call. Refuses what the object refuses, and `storage_unavailable`. */
export async function ask(
  env: Bindings,
  { id, owner, ask: question, after = 0, items = [] }: Asking,
  init: RequestInit = {},
): Promise<Response> {
  const search = new URLSearchParams({ owner, ask: question, after: String(after) })
  for (const item of items) search.append('item', item)
  const response = await patiently(() =>
    env.CALLS.getByName(id).fetch(`https://call/?${search}`, init),
  )
  switch (response.status) {
    case 200:
      return response
    case faultStatus: {
      const { code, members } = await response.json<{ code: ProblemCode; members: object }>()
      throw new Fault(code, { ...members })
    }
    case 409:
      throw invalidField('starting_after', 'There are not so many events.')
    case 503:
      throw new Fault('rate_limited', { retryAfterMs: 2_000 })
    default:
      throw new Fault('not_found')
  }
}

/** Answers whether there is such a call of this owner. */
export function cancelKept(env: Bindings, id: Id<'response'>, owner: ActorId): Promise<boolean> {
  return patiently(() => env.CALLS.getByName(id).cancel(owner))
}

/** Ends what runs and deletes everything of it. Refuses `storage_unavailable`: it is to be asked again. */
export async function removeKept(env: Bindings, id: Id<'response'>, owner: ActorId): Promise<void> {
  const isGone = await patiently(() => env.CALLS.getByName(id).remove(owner))
  if (!isGone) throw new Fault('storage_unavailable', { retryAfterMs: 2_000 })
}

/** Makes a run that was lost go on. Answers whether there is such a call at all. */
export function wakeKept(env: Bindings, id: Id<'response'>): Promise<boolean> {
  return patiently(() => env.CALLS.getByName(id).wake())
}

/** Asks with a new stub for each try; everything asked of these objects is idempotent. */
async function patiently<T>(question: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await question()
    } catch (error) {
      const isOverloaded = (error as { overloaded?: boolean }).overloaded === true
      const wait = waitsMs[tries]
      if (wait === undefined || isOverloaded) {
        throw new Fault('storage_unavailable', { retryAfterMs: 2_000 }, { cause: error })
      }
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}
