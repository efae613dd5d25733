import type { ActorId } from '../contract/actor.ts'
import type { GenerationEvent } from '../contract/generation-events.ts'
import type { MessageState } from '../contract/message.ts'
import { connectionGuard } from '../connections/connection-guard.ts'
import { rememberWithoutStreamOptions } from '../connections/connections.ts'
import type { Bindings } from '../platform/env.ts'
import { log as writeLine } from '../platform/log.ts'
import { createUpstream } from '../platform/open-upstream.ts'
import { within } from '../platform/within.ts'
import { providerFor } from '../providers/registry.ts'
import { EventLog } from './event-log.ts'
import { Followers } from './follow-log.ts'
import { generationSigns } from './generation-signs.ts'
import { generationFrames } from './generation-frames.ts'
import { factsOf, type GenerationOrder } from './generation-order.ts'
import { GenerationRun } from './generation-run.ts'
import { loadOrder } from './load-order.ts'
import { loadRequest } from './load-request.ts'
import { nameConversation } from './name-conversation.ts'
import type { Outcome } from './provider-call.ts'
import { RunStore, type RunStage } from './run-store.ts'
import { markRunning, settleGeneration, type Settlement } from './settle-generation.ts'

/** A lost run is noticed by the alarm, so the alarm is never further ahead than this. */
const heartbeatMs = 10_000
const logKeptMs = 10 * 60_000
const recordKeptMs = 24 * 3_600_000
/** D1 learns that a reply is running once its first token is no longer waiting for the machine. */
const markAfterMs = 300
const settleWaitMsMax = 5 * 60_000

/** One generation in its object: begun, driven, found again, settled in D1, and forgotten. */
export class GenerationLife {
  readonly log: EventLog<GenerationEvent>
  readonly followers: Followers
  readonly #ctx: DurableObjectState
  readonly #env: Bindings
  readonly #store: RunStore
  readonly #run: GenerationRun
  /** The run in memory; null when there is none, whatever the storage says. */
  #running: Promise<void> | null = null

  constructor(ctx: DurableObjectState, env: Bindings, store: RunStore) {
    this.#ctx = ctx
    this.#env = env
    this.#store = store
    this.log = new EventLog(ctx.storage.sql, () => ctx.storage.sync(), generationFrames)
    this.#run = new GenerationRun(store, this.log)
    this.followers = new Followers({
      log: this.log,
      heartbeatMs: store.record.facts.limits.heartbeatMs,
      status: () => {
        const isOver = this.stage !== 'running' && this.log.shownSeq === this.log.lastSeq
        return isOver ? null : this.#run.status
      },
      ...generationSigns,
    })
  }

  static begin(
    ctx: DurableObjectState,
    env: Bindings,
    order: GenerationOrder,
    cancelledBy: 'user' | 'admin' | null,
  ): GenerationLife {
    const store = RunStore.create(ctx.storage.sql, factsOf(order), cancelledBy)
    const life = new GenerationLife(ctx, env, store)
    life.#run.open(order)
    life.#start(() => (cancelledBy ? life.#end({ type: 'cancelled' }) : life.#drive(order)))
    return life
  }

  /** For whom it was begun; the conversation may have changed hands since. */
  get ownerId(): ActorId {
    return this.#store.record.facts.ownerId
  }

  get stage(): RunStage {
    return this.#store.record.stage
  }

  /** Called when an object wakes with a generation in its storage and nothing in memory. */
  resume(): void {
    if (this.stage === 'running') this.#start(() => this.#recover())
    else this.#ctx.waitUntil(this.#mendAlarm())
  }

  async cancel(by: 'user' | 'admin', waitMs: number): Promise<MessageState['type'] | 'cancelling'> {
    if (this.stage === 'running') {
      if (this.#store.record.cancelledBy === null) this.#store.update({ cancelledBy: by })
      this.#run.cancel()
      if (this.#running) await within(this.#running, waitMs)
    }
    return this.stage === 'running' ? 'cancelling' : this.#run.message.state.type
  }

  /** Whether nothing is left of it. */
  async onAlarm(now: number): Promise<boolean> {
    this.followers.dropBlocked(now)
    switch (this.stage) {
      case 'running':
        // A run that threw is as lost as one whose runtime was.
        if (this.#running === null) this.#start(() => this.#recover())
        else await this.#ctx.storage.setAlarm(now + heartbeatMs)
        return false
      case 'ended':
        await this.#settle()
        return false
      case 'settled':
        await this.#clear(now)
        return false
      case 'cleared':
        await this.#ctx.storage.deleteAll()
        return true
      default:
        return this.stage satisfies never
    }
  }

  #start(run: () => Promise<void>): void {
    void this.#ctx.storage.setAlarm(Date.now() + heartbeatMs)
    this.#running = run()
      .catch((error: unknown) => console.error(error))
      .finally(() => (this.#running = null))
    this.#ctx.waitUntil(this.#running)
  }

  async #drive(order: GenerationOrder): Promise<void> {
    const env = this.#env
    const marking = setTimeout(() => {
      this.#ctx.waitUntil(markRunning(env, order).catch(() => {}))
    }, markAfterMs)
    await this.#run.drive(order, {
      provider: providerFor(order.connection.provider),
      loadRequest: () => loadRequest(env, order.request),
      openUpstream: (signal, alive, bodyOf) =>
        createUpstream({
          signal,
          alive,
          bodyOf,
          guard: connectionGuard(env, order.guard.allowPrivateHosts),
        }),
      onWithoutStreamOptions: () => {
        this.#ctx.waitUntil(rememberWithoutStreamOptions(env, order.connectionId).catch(() => {}))
      },
    })
    clearTimeout(marking)
    await this.#settle()
    if (order.namesConversation && this.#run.message.state.type === 'complete') {
      await nameConversation(env, order.conversationId)
    }
  }

  /** Called when storage holds a run that memory does not: its runtime was lost. */
  async #recover(): Promise<void> {
    const { orphanOutcome } = this.#run
    if (orphanOutcome) return this.#end(orphanOutcome)
    const { facts } = this.#store.record
    const loaded = await loadOrder(this.#env, facts.replyId)
    if (loaded === null) await this.#end({ type: 'cancelled' })
    else if (loaded.type === 'unrunnable') await this.#end({ type: 'failed', fault: loaded.fault })
    else await this.#drive({ ...loaded.order, ...facts })
  }

  async #end(outcome: Outcome): Promise<void> {
    const { fallback, firstDeltaAt } = this.#store.record
    await this.#run.end(outcome, { usage: null, fallback, firstDeltaAt })
    await this.#settle()
  }

  /** Writes the end to D1; until that succeeds the log stays and the alarm tries again. */
  async #settle(): Promise<void> {
    const now = Date.now()
    try {
      const settlement = this.#run.settlement(now)
      await settleGeneration(this.#env, settlement)
      writeLine(this.#env, 'info', lineOf(settlement, this.#store.record.facts.model.name))
      this.#store.update({ stage: 'settled' })
      await this.#ctx.storage.setAlarm(this.#nextClearAt(now))
    } catch (error) {
      console.error(error)
      const settleTries = this.#store.record.settleTries + 1
      this.#store.update({ settleTries })
      await this.#ctx.storage.setAlarm(
        now + Math.min(settleWaitMsMax, 1_000 * 2 ** (settleTries - 1)),
      )
    }
  }

  async #clear(now: number): Promise<void> {
    const isDue = now >= this.#endedAt + logKeptMs
    if (!isDue || this.followers.isReading) {
      await this.#ctx.storage.setAlarm(this.#nextClearAt(now))
      return
    }
    this.log.clear()
    this.#store.update({ stage: 'cleared' })
    await this.#ctx.storage.setAlarm(this.#endedAt + recordKeptMs)
  }

  /** While somebody still reads, a look now and then whether it has stopped doing so. */
  #nextClearAt(now: number): number {
    return this.followers.isReading ? now + heartbeatMs : this.#endedAt + logKeptMs
  }

  /** An alarm that is lost or overdue is set again; never to this very moment, which may drop it. */
  async #mendAlarm(): Promise<void> {
    const alarm = await this.#ctx.storage.getAlarm()
    if (alarm === null || alarm < Date.now()) await this.#ctx.storage.setAlarm(Date.now() + 1_000)
  }

  get #endedAt(): number {
    return this.#store.record.endedAt ?? Date.now()
  }
}

/** What the log says of a generation. */
function lineOf(
  { facts, message, usage, refunded }: Settlement,
  model: string,
): Record<string, unknown> {
  return {
    generation: facts.replyId,
    requestId: facts.requestId,
    model,
    state: message.state.type,
    code: 'problem' in message.state ? message.state.problem.code : null,
    metrics: message.metrics,
    usage,
    refunded,
  }
}
