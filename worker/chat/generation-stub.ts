import type { ActorId } from '../contract/actor.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import type { Beginning } from './generation-object.ts'

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

/** A run that is made ready while its message is still being stored. */
export interface Opening {
  /** Sends the order and answers the stream from the first event. */
  begin(beginning: Beginning): Promise<Response>
  /** The message was refused: the object forgets that it was asked. */
  abandon(): Promise<void>
}

/**
 * Wakes the object of a reply before there is an order for it. Making an object takes about as long
 * as storing the message, so both are done at once.
 */
export function openRun(env: Bindings, replyId: Id<'message'>, session: string | null): Opening {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const response = env.GENERATIONS.getByName(replyId).fetch(urlOf({ session }), {
    method: 'POST',
    body: readable,
  })
  // Whoever begins learns of a failure; one that is abandoned has nobody to tell.
  response.catch(() => {})
  return {
    async begin(beginning) {
      try {
        await writer.write(new TextEncoder().encode(JSON.stringify(beginning)))
        await writer.close()
        const followed = await response
        if (followed.ok) return followed
      } catch {
        // Asked again below, with a new stub.
      }
      return beginRun(env, beginning, session)
    },
    async abandon() {
      // An order of nothing; breaking the request off would be reported as a fault of the object.
      await writer.close().catch(() => {})
      await response.then(({ body }) => body?.cancel()).catch(() => {})
    },
  }
}

/** Begins a run and answers its stream from the first event, in one request. */
function beginRun(env: Bindings, beginning: Beginning, session: string | null): Promise<Response> {
  const body = JSON.stringify(beginning)
  return ask(env, beginning.order.replyId, (stub) =>
    stub.fetch(urlOf({ session }), { method: 'POST', body }),
  )
}

export interface RunToFollow {
  after: number
  session: string | null
  /** Answers only if the run was begun for this actor. Whoever names none has asked D1. */
  owner?: ActorId
  /** Begins a run that D1 has and the object has not. */
  wake?: boolean
}

/** The stream of a run after `after`, or 404 where the object has none. */
export function followRun(
  env: Bindings,
  replyId: Id<'message'>,
  { after, session, owner, wake = false }: RunToFollow,
): Promise<Response> {
  return ask(env, replyId, (stub) =>
    stub.fetch(urlOf({ session, after, owner: owner ?? null, wake: wake ? replyId : null })),
  )
}

function urlOf(query: Record<string, string | number | null>): string {
  const given = Object.entries(query).filter(([, value]) => value !== null)
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return `https://generation/?${search}`
}

export function cancelRun(env: Bindings, replyId: Id<'message'>, by: 'user' | 'admin') {
  return ask(env, replyId, async (stub) => stub.cancel(replyId, by))
}

export function wakeRun(env: Bindings, replyId: Id<'message'>): Promise<void> {
  return ask(env, replyId, async (stub) => stub.wake(replyId))
}
