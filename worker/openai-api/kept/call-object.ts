import { DurableObject } from 'cloudflare:workers'
import { streamHeaders } from '../../chat/follow-log.ts'
import type { ActorId } from '../../contract/actor.ts'
import type { Fault } from '../../platform/fault.ts'
import type { Bindings } from '../../platform/env.ts'
import { within } from '../../platform/within.ts'
import { faultFrom } from './call-fault.ts'
import { CallLife } from './call-life.ts'
import { isStreamed } from './call-run.ts'
import type { CallOrder } from './call-order.ts'
import { CallStore } from './call-store.ts'
import { inputOf, itemsNamed, itemsSoFar, responseNow } from './response-of-call.ts'

const cancelWaitMs = 900

/**
 * What may be asked of a call: its answer, as a stream or once it is there in one piece, or a fault
 * where there is none; its frames whatever they are; what there is of it now; what it was given; all
 * items up to its end, or those that are named.
 */
export type CallQuestion = 'answer' | 'reply' | 'stream' | 'now' | 'input' | 'items' | 'named'

/** What the object answers with where there is a fault in place of an answer. */
export const faultStatus = 422

/** Runs one call under /v1, keeps its answer and lets any number of readers have it. Named by its id. */
export class CallObject extends DurableObject<Bindings> {
  /** Null before the call has begun and after it is deleted. */
  #life: CallLife | null
  /** Whether it was just deleted: what comes late for it does not begin it anew. */
  #isRemoved = false

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env as never)
    const store = CallStore.existing(ctx.storage.sql)
    this.#life = store && new CallLife(ctx, env, store)
    this.#life?.resume()
  }

  /**
   * Answers `?ask=`, a CallQuestion, to the owner `?owner=`; a stream begins after `?after=` frames.
   * A POST brings the order and begins the call first, unless it was begun before. 404 where there is
   * no such call of this owner, 409 where `after` is beyond its end, 422 with a fault in place of the
   * answer, 503 where too many follow.
   */
  override async fetch(request: Request): Promise<Response> {
    if (request.method === 'POST') {
      const order = await request.json<CallOrder>()
      // Of a call that has begun nothing is done twice.
      if (!this.#isRemoved) this.#life ??= CallLife.begin(this.ctx, this.env as Bindings, order)
    }
    const { searchParams } = new URL(request.url)
    const life = this.#life
    if (life === null || life.facts.ownerId !== searchParams.get('owner')) return refusal(404)
    const ask = searchParams.get('ask') as CallQuestion
    switch (ask) {
      case 'answer':
        return this.#answer(life)
      case 'stream':
        return this.#stream(life, Number(searchParams.get('after')))
      case 'reply':
        await life.ended
        return this.#reply(life)
      case 'now':
        return Response.json(responseNow(life))
      case 'input':
        return Response.json(inputOf(life))
      case 'items':
        return Response.json(itemsSoFar(life))
      case 'named':
        return Response.json(itemsNamed(life, searchParams.getAll('item')))
      default:
        return ask satisfies never
    }
  }

  /** Whoever asks has woken it, and a run that was lost goes on by that. Answers whether there is one. */
  wake(): boolean {
    return this.#life !== null
  }

  /** Ends the run of a response that is still under way. Answers whether there is one at all. */
  async cancel(owner: ActorId): Promise<boolean> {
    if (this.#life?.facts.ownerId !== owner) return false
    await this.#life.cancel(cancelWaitMs)
    return true
  }

  /** Ends what runs, and deletes everything once it is settled. Answers whether it is gone. */
  async remove(owner: ActorId): Promise<boolean> {
    const life = this.#life
    if (life && life.facts.ownerId !== owner) return true
    await life?.cancel(cancelWaitMs)
    if (life && !(await life.settle())) return false
    this.#life = null
    this.#isRemoved = life !== null
    life?.followers.release(null)
    await this.#clear()
    return true
  }

  override async alarm(): Promise<void> {
    if (this.#life && !(await this.#life.onAlarm(Date.now()))) return
    this.#life = null
    await this.#clear()
  }

  async #clear(): Promise<void> {
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
  }

  /** Whoever waits for an answer is told by its status when there is none. */
  async #answer(life: CallLife): Promise<Response> {
    const { isBackground, limits } = life.facts
    if (!isBackground) await within(life.opened, limits.heartbeatMs)
    const fault = isBackground || life.hasShown ? null : faultFrom(life.record)
    return fault ? faultReply(fault) : this.#stream(life, 0)
  }

  #stream(life: CallLife, after: number): Response {
    if (after > life.log.lastSeq) return refusal(409)
    if (life.followers.isFull) return refusal(503)
    return new Response(life.follow(after), { headers: streamHeaders })
  }

  #reply(life: CallLife): Response {
    const fault = faultFrom(life.record)
    if (fault) return faultReply(fault)
    const reply = isStreamed(life.facts)
      ? JSON.stringify(responseNow(life))
      : (life.store.text('reply') ?? '')
    return new Response(reply, { headers: { 'Content-Type': 'application/json' } })
  }
}

function faultReply({ code, members }: Fault): Response {
  return Response.json({ code, members }, { status: faultStatus })
}

function refusal(status: number): Response {
  return new Response(null, { status })
}
