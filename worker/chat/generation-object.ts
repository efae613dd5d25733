import { DurableObject } from 'cloudflare:workers'
import type { Id } from '../contract/ids.ts'
import type { MessageState } from '../contract/message.ts'
import { connectionGuard } from '../connections/connection-guard.ts'
import type { Bindings } from '../platform/env.ts'
import { log } from '../platform/log.ts'
import { createUpstream } from '../platform/open-upstream.ts'
import { providerFor } from '../providers/registry.ts'
import { EventLog } from './event-log.ts'
import { Followers } from './follow-log.ts'
import { factsOf, type GenerationOrder } from './generation-order.ts'
import { GenerationRun } from './generation-run.ts'
import { loadOrder } from './load-order.ts'
import { rememberWithoutStreamOptions } from '../connections/connections.ts'
import { RunStore, type RunStage } from './run-store.ts'
import { markRunning, settleGeneration, type Settlement } from './settle-generation.ts'
import { nameConversation } from './name-conversation.ts'

/** A lost run is noticed by the alarm, so the alarm is never further ahead than this. */
const heartbeatMs = 10_000
const logKeptMs = 10 * 60_000
const recordKeptMs = 24 * 3_600_000
const settleWaitMsMax = 5 * 60_000
const cancelWaitMs = 900

/** What a POST to the object brings. */
export interface Beginning {
  order: GenerationOrder
  cancelledBy: 'user' | 'admin' | null
}

/** Writes one reply and lets any number of readers follow it. Named by the message it writes. */
export class GenerationObject extends DurableObject<Bindings> {
  #store: RunStore | null
  #log!: EventLog
  #run!: GenerationRun
  #followers!: Followers
  /** The run in memory; null when there is none, whatever the storage says. */
  #running: Promise<void> | null = null

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env as never)
    this.#store = RunStore.existing(ctx.storage.sql)
    if (this.#store) this.#open(this.#store)
    if (this.#stage === 'running') this.#begin(() => this.#recover())
  }

  /** Begins the run; of one that has begun nothing is done twice. */
  #start(order: GenerationOrder, cancelledBy: 'user' | 'admin' | null): void {
    if (this.#store) return
    this.#store = RunStore.create(this.ctx.storage.sql, factsOf(order))
    if (cancelledBy) this.#store.update({ cancelledBy })
    this.#open(this.#store)
    this.#run.open(order)
    this.#begin(() => (cancelledBy ? this.#end('cancelled') : this.#drive(order)))
  }

  /** Starts a reply that D1 knows and this object does not. */
  async wake(replyId: Id<'message'>, cancelledBy: 'user' | 'admin' | null = null): Promise<void> {
    if (this.#store) return
    const order = await loadOrder(this.env as Bindings, replyId)
    if (order) this.#start(order, cancelledBy)
  }

  /** Ends the run and its call to the provider; the text so far stays. Answers the state after 1 s. */
  async cancel(
    replyId: Id<'message'>,
    by: 'user' | 'admin',
  ): Promise<MessageState['type'] | 'cancelling'> {
    if (this.#store === null) await this.wake(replyId, by)
    if (this.#stage === 'running') {
      if (this.#store?.record.cancelledBy === null) this.#store.update({ cancelledBy: by })
      this.#run.cancel()
      let timer: ReturnType<typeof setTimeout> | undefined
      const wait = new Promise<void>((resolve) => (timer = setTimeout(resolve, cancelWaitMs)))
      await Promise.race([this.#running, wait])
      clearTimeout(timer)
    }
    return this.#stage === 'running' ? 'cancelling' : (this.#run?.message.state.type ?? 'pending')
  }

  /** Lets go of the readers of a session that has ended, or of all. */
  release(sessionId: string | null): void {
    this.#followers?.release(sessionId)
  }

  /**
   * Server-sent events after `?after=`. A POST brings the order and begins the run first; `?wake=`
   * names a reply to begin by what D1 has of it. 404 when there is no log, for then D1 has the reply.
   */
  override async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url)
    const after = Number(searchParams.get('after'))
    const wake = searchParams.get('wake') as Id<'message'> | null
    if (request.method === 'POST') {
      const { order, cancelledBy } = await request.json<Beginning>()
      this.#start(order, cancelledBy)
    } else if (wake) await this.wake(wake)
    if (this.#store === null || this.#stage === 'cleared')
      return new Response(null, { status: 404 })
    if (after > this.#log.lastSeq)
      return Response.json({ last: this.#log.lastSeq }, { status: 409 })
    if (this.#followers.isFull) return new Response(null, { status: 503 })
    return new Response(this.#followers.follow(after, searchParams.get('session')), {
      headers: {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-cache, no-transform',
        'X-Accel-Buffering': 'no',
      },
    })
  }

  override async alarm(): Promise<void> {
    const now = Date.now()
    switch (this.#stage) {
      case 'running':
        this.#followers.dropBlocked(now)
        // A run that threw is as lost as one whose runtime was.
        if (this.#running === null) this.#begin(() => this.#recover())
        else await this.ctx.storage.setAlarm(now + heartbeatMs)
        return
      case 'ended':
        await this.#settle()
        return
      case 'settled':
        await this.#clear(now)
        return
      default:
        await this.ctx.storage.deleteAll()
        this.#store = null
    }
  }

  get #stage(): RunStage | null {
    return this.#store?.record.stage ?? null
  }

  #open(store: RunStore): void {
    this.#log = new EventLog(this.ctx.storage.sql, () => this.ctx.storage.sync())
    this.#run = new GenerationRun(store, this.#log)
    this.#followers = new Followers({
      log: this.#log,
      heartbeatMs: store.record.facts.limits.heartbeatMs,
      status: () => {
        const isOver = this.#stage !== 'running' && this.#log.shownSeq === this.#log.lastSeq
        return isOver ? null : this.#run.status
      },
    })
  }

  #begin(run: () => Promise<void>): void {
    void this.ctx.storage.setAlarm(Date.now() + heartbeatMs)
    this.#running = run()
      .catch((error: unknown) => console.error(error))
      .finally(() => (this.#running = null))
    this.ctx.waitUntil(this.#running)
  }

  async #drive(order: GenerationOrder): Promise<void> {
    const env = this.env as Bindings
    this.ctx.waitUntil(markRunning(env, order).catch(() => {}))
    await this.#run.drive(order, {
      provider: providerFor(order.connection.provider),
      openUpstream: (signal, alive) =>
        createUpstream({
          signal,
          alive,
          guard: connectionGuard(env, order.guard.allowPrivateHosts),
        }),
      onWithoutStreamOptions: () => {
        this.ctx.waitUntil(rememberWithoutStreamOptions(env, order.connectionId).catch(() => {}))
      },
    })
    await this.#settle()
    if (order.namesConversation && this.#run.message.state.type === 'complete') {
      await nameConversation(env, order.conversationId, order.ownerId)
    }
  }

  /** Called when storage holds a run that memory does not: its runtime was lost. */
  async #recover(): Promise<void> {
    const outcome = this.#run.orphanOutcome
    const { facts, firstDeltaAt, fallback, cancelledBy } = this.#store!.record
    if (outcome) {
      await this.#run.end(outcome, { usage: null, fallback, firstDeltaAt })
      await this.#settle()
      return
    }
    const order = await loadOrder(this.env as Bindings, facts.replyId)
    if (order === null || cancelledBy) await this.#end('cancelled')
    else await this.#drive({ ...order, ...facts })
  }

  async #end(type: 'cancelled'): Promise<void> {
    await this.#run.end({ type }, { usage: null, fallback: false, firstDeltaAt: null })
    await this.#settle()
  }

  /** Writes the end to D1; until that succeeds the log stays and the alarm tries again. */
  async #settle(): Promise<void> {
    const now = Date.now()
    try {
      const settlement = this.#run.settlement(now)
      await settleGeneration(this.env as Bindings, settlement)
      log(this.env as Bindings, 'info', lineOf(settlement))
      this.#store?.update({ stage: 'settled' })
      await this.ctx.storage.setAlarm(this.#nextClearAt(now))
    } catch (error) {
      console.error(error)
      const settleTries = (this.#store?.record.settleTries ?? 0) + 1
      this.#store?.update({ settleTries })
      await this.ctx.storage.setAlarm(
        now + Math.min(settleWaitMsMax, 1_000 * 2 ** (settleTries - 1)),
      )
    }
  }

  async #clear(now: number): Promise<void> {
    this.#followers.dropBlocked(now)
    const isDue = now >= this.#endedAt + logKeptMs
    if (!isDue || this.#followers.isReading) {
      await this.ctx.storage.setAlarm(this.#nextClearAt(now))
      return
    }
    this.#log.clear()
    this.#store?.update({ stage: 'cleared' })
    await this.ctx.storage.setAlarm(this.#endedAt + recordKeptMs)
  }

  /** While somebody still reads, a look now and then whether it has stopped doing so. */
  #nextClearAt(now: number): number {
    return this.#followers.isReading ? now + heartbeatMs : this.#endedAt + logKeptMs
  }

  get #endedAt(): number {
    return this.#store?.record.endedAt ?? Date.now()
  }
}

/** What the log says of a generation. */
function lineOf({ facts, message, usage, refunded }: Settlement): Record<string, unknown> {
  return {
    generation: facts.replyId,
    requestId: facts.requestId,
    model: facts.model.name,
    state: message.state.type,
    code: 'problem' in message.state ? message.state.problem.code : null,
    metrics: message.metrics,
    usage,
    refunded,
  }
}
