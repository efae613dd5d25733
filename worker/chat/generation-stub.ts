import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'

const waitsMs = [100, 400, 1_600]

/** Asks the object of a reply, a new stub for each try; everything asked of it is idempotent. */
async function ask<T>(
  env: Bindings,
  replyId: Id<'message'>,
  question: (stub: GenerationStub) => Promise<T>,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await question(env.GENERATIONS.getByName(replyId))
    } catch (error) {
      const isOverloaded = (error as { overloaded?: boolean }).overloaded === true
      const wait = waitsMs[tries]
      if (wait === undefined || isOverloaded) {
        console.error(error)
        throw new Fault('storage_unavailable', { retryAfterMs: 2_000 }, { cause: error })
      }
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

type GenerationStub = ReturnType<Bindings['GENERATIONS']['getByName']>

/** The object's stream after `after`; `begin` is said first on the same stub, so it comes first. */
export function followRun(
  env: Bindings,
  replyId: Id<'message'>,
  { after, session }: { after: number; session: string | null },
  begin: (stub: GenerationStub) => Promise<unknown> = () => Promise.resolve(),
): Promise<Response> {
  const query = new URLSearchParams({ after: String(after), ...(session && { session }) })
  return ask(env, replyId, async (stub) => {
    const begun = begin(stub)
    const response = stub.fetch(`https://generation/follow?${query}`)
    // Both are on their way; the object sees them in this order.
    const [, followed] = await Promise.all([begun, response])
    return followed
  })
}

export function cancelRun(env: Bindings, replyId: Id<'message'>, by: 'user' | 'admin') {
  return ask(env, replyId, async (stub) => stub.cancel(replyId, by))
}

export function wakeRun(env: Bindings, replyId: Id<'message'>): Promise<void> {
  return ask(env, replyId, async (stub) => stub.wake(replyId))
}
