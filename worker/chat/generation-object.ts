import { DurableObject } from 'cloudflare:workers'
import type { Id } from '../contract/ids.ts'
import type { MessageState } from '../contract/message.ts'
import type { Bindings } from '../platform/env.ts'
import { streamHeaders } from './follow-log.ts'
import { GenerationLife } from './generation-life.ts'
import type { GenerationOrder } from './generation-order.ts'
import { loadOrder } from './load-order.ts'
import { RunStore } from './run-store.ts'
import { failUnstarted } from './settle-generation.ts'

const cancelWaitMs = 900
/** An order that has not come by then is not coming: whoever was to send it is gone. */
const orderWaitMs = 60_000

/** What a POST to the object brings. */
export interface Beginning {
  order: GenerationOrder
  cancelledBy: 'user' | 'admin' | null
}

/** Writes one reply and lets any number of readers follow it. Named by the message it writes. */
export class GenerationObject extends DurableObject<Bindings> {
  /** Null before the generation has begun and after it is forgotten. */
  #life: GenerationLife | null

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env as never)
    const store = RunStore.existing(ctx.storage.sql)
    this.#life = store && new GenerationLife(ctx, env, store)
    this.#life?.resume()
  }

  /**
   * Server-sent events after `?after=`. A POST brings the order and begins the run first; `?wake=`
   * names a reply to begin by what D1 has of it. 404 when there is no log, for then D1 has the reply,
   * and when `?owner=` is another than the run was begun for.
   */
  override async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url)
    const wake = searchParams.get('wake') as Id<'message'> | null
    if (request.method === 'POST') await this.#receive(request)
    else if (wake) await this.wake(wake)
    if (this.#life === null || this.#life.stage === 'cleared') return refusal(404)
    const owner = searchParams.get('owner')
    const { log, followers } = this.#life
    if (owner !== null && owner !== this.#life.ownerId) return refusal(404)
    const after = Number(searchParams.get('after'))
    if (after > log.lastSeq) return refusal(409, { last: log.lastSeq })
    if (followers.isFull) return refusal(503)
    return new Response(followers.follow(after, searchParams.get('session')), {
      headers: streamHeaders,
    })
  }

  /** Begins a reply that D1 knows and this object does not; one that cannot be run ends as failed. */
  async wake(replyId: Id<'message'>, cancelledBy: 'user' | 'admin' | null = null): Promise<void> {
    if (this.#life) return
    const env = this.env as Bindings
    const loaded = await loadOrder(env, replyId)
    if (loaded?.type === 'order') this.#begin(loaded.order, cancelledBy)
    if (loaded?.type === 'unrunnable') await failUnstarted(env, loaded)
  }

  /** Ends the run and its call to the provider; the text so far stays. Answers the state after 1 s. */
  async cancel(
    replyId: Id<'message'>,
    by: 'user' | 'admin',
  ): Promise<MessageState['type'] | 'cancelling'> {
    if (this.#life === null) await this.wake(replyId, by)
    return this.#life?.cancel(by, cancelWaitMs) ?? 'failed'
  }

  /** Lets go of the readers of a session that has ended, or of all. */
  release(sessionId: string | null): void {
    this.#life?.followers.release(sessionId)
  }

  override async alarm(): Promise<void> {
    if (this.#life === null) await this.ctx.storage.deleteAll()
    else if (await this.#life.onAlarm(Date.now())) this.#life = null
  }

  /**
   * Makes ready while the order is still on its way: it is sent once D1 has accepted it. When it
   * never comes, nothing is left behind.
   */
  async #receive(request: Request): Promise<void> {
    if (this.#life === null) {
      RunStore.prepare(this.ctx.storage.sql)
      void this.ctx.storage.setAlarm(Date.now() + orderWaitMs)
    }
    const beginning = await request.json<Beginning>().catch(() => null)
    if (beginning) this.#begin(beginning.order, beginning.cancelledBy)
    else if (this.#life === null) await this.ctx.storage.deleteAll()
  }

  /** Of a generation that has begun nothing is done twice. */
  #begin(order: GenerationOrder, cancelledBy: 'user' | 'admin' | null): void {
    if (this.#life) return
    this.#life = GenerationLife.begin(this.ctx, this.env as Bindings, order, cancelledBy)
  }
}

function refusal(status: number, body: unknown = null): Response {
  return Response.json(body, { status })
}
