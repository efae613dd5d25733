import { EventLog } from '../../chat/event-log.ts'
import { Followers } from '../../chat/follow-log.ts'
import { Fault } from '../../platform/fault.ts'
import type { Bindings } from '../../platform/env.ts'
import { log as writeLine } from '../../platform/log.ts'
import { within } from '../../platform/within.ts'
import type { Answer } from '../answer.ts'
import { CallAccount } from '../call-account.ts'
import { outcomeOf } from '../outcome-of.ts'
import { settleCall } from '../settle-call.ts'
import { asFault } from './call-fault.ts'
import { callFrames, framesIn } from './call-frames.ts'
import { factsOf, type CallFacts, type CallMaterial, type CallOrder } from './call-order.ts'
import { drive, isStreamed, orderAgain, prepare } from './call-run.ts'
import { CallStore, type CallRecord } from './call-store.ts'
import { FrameBuffer } from './frame-buffer.ts'
import { isOver, lastFrames, openingLengthOf, openingOf } from './frames-around.ts'
import { noteProduced } from './note-produced.ts'

/** A lost run is noticed by the alarm, so the alarm is never further ahead than this. */
const heartbeatMs = 10_000
const attemptsMax = 3
const settleWaitMsMax = 5 * 60_000
const keepalive = ': keepalive\n\n'

/** One kept call in its object: begun, driven, found again, settled in D1, and deleted when it is time. */
export class CallLife {
  readonly log: EventLog<string>
  readonly followers: Followers
  readonly #ctx: DurableObjectState
  readonly #env: Bindings
  readonly store: CallStore
  readonly #abort = new AbortController()
  readonly #opened = Promise.withResolvers<void>()
  readonly #ended = Promise.withResolvers<void>()
  #running: Promise<void> | null = null
  #account: CallAccount
  #noticedAt = Date.now()

  constructor(ctx: DurableObjectState, env: Bindings, store: CallStore) {
    this.#ctx = ctx
    this.#env = env
    this.store = store
    const { startedAt, promptTokens, limits } = store.record.facts
    this.#account = new CallAccount(startedAt, promptTokens)
    this.log = new EventLog(ctx.storage.sql, () => ctx.storage.sync(), callFrames)
    this.followers = new Followers({
      log: this.log,
      heartbeatMs: limits.heartbeatMs,
      status: () => {
        const isOver = !this.isRunning && this.log.shownSeq === this.log.lastSeq
        return isOver ? null : { phase: 'streaming', at: this.#noticedAt }
      },
      opening: '',
      sign: () => keepalive,
    })
  }

  static begin(ctx: DurableObjectState, env: Bindings, order: CallOrder): CallLife {
    const store = CallStore.create(ctx.storage.sql, factsOf(order))
    const { body, earlier } = order
    store.keep('material', JSON.stringify({ body, earlier } satisfies CallMaterial))
    const life = new CallLife(ctx, env, store)
    life.#open('queued')
    life.#start(() => life.#run(async () => order))
    return life
  }

  get facts(): CallFacts {
    return this.store.record.facts
  }

  get isRunning(): boolean {
    return this.store.record.stage === 'running'
  }

  /** What is known of it now. */
  get record(): CallRecord {
    return this.store.record
  }

  /** Whether anything was stored that only its provider could tell. */
  get hasShown(): boolean {
    return this.record.hasShown ?? this.log.lastSeq > openingLengthOf(this.facts)
  }

  /** Stores the first frames, as far as they are not; a queued call is not in progress yet. */
  #open(stage: 'queued' | 'started'): void {
    const opening = openingOf({ ...this.facts, ...this.material })
    const isQueued = stage === 'queued' && this.facts.isBackground
    const due = isQueued ? opening.length - 1 : opening.length
    void this.log.append(opening.slice(this.log.lastSeq, due))
  }

  /** What was asked, as long as that is of use. */
  get material(): CallMaterial {
    const kept = this.store.text('material')
    return kept === null ? { body: {}, earlier: [] } : (JSON.parse(kept) as CallMaterial)
  }

  /** Called when an object wakes with a call in its storage and nothing in memory. */
  resume(): void {
    if (this.isRunning) return this.#start(() => this.#recover())
    this.#opened.resolve()
    this.#ended.resolve()
    this.#ctx.waitUntil(this.#mendAlarm())
  }

  /** Settles when there is something to answer with: the first of it, or the end. */
  get opened(): Promise<void> {
    return this.#opened.promise
  }

  get ended(): Promise<void> {
    return this.#ended.promise
  }

  /** Writes its end to D1, once its run has come to rest. Answers whether that could be done. */
  async settle(): Promise<boolean> {
    await this.#running
    if (this.record.stage === 'ended') await this.#settle()
    return this.record.stage === 'settled'
  }

  /** Ends the run and its call to the provider; what there is stays. Waits for that, at most `ms`. */
  async cancel(ms: number): Promise<void> {
    if (!this.isRunning) return
    this.store.update({ isCancelled: true })
    this.#abort.abort()
    await within(this.#ended.promise, ms)
  }

  /** The frames after so many, those there are and those to come. */
  follow(after: number): ReadableStream<Uint8Array> {
    // Of an answer that has settled the next alarm may be a month away, and a reader may fall asleep.
    if (this.record.stage === 'settled') {
      this.#ctx.waitUntil(this.#ctx.storage.setAlarm(Date.now() + heartbeatMs))
    }
    return this.followers.follow(after, null)
  }

  /** Whether nothing of it is to be left. */
  async onAlarm(now: number): Promise<boolean> {
    this.followers.dropBlocked(now)
    switch (this.record.stage) {
      case 'running':
        // What could not even be ended is not tried for ever.
        if (now >= this.facts.expiresAt && this.record.recoveries > attemptsMax) return true
        if (this.#running === null) this.#start(() => this.#recover())
        else await this.#ctx.storage.setAlarm(now + heartbeatMs)
        return false
      case 'ended':
        await this.#settle()
        return false
      case 'settled':
        if (now >= this.facts.expiresAt) return true
        await this.#ctx.storage.setAlarm(this.#nextLookAt(now))
        return false
      default:
        return this.record.stage satisfies never
    }
  }

  #start(run: () => Promise<void>): void {
    void this.#ctx.storage.setAlarm(Date.now() + heartbeatMs)
    this.#running = run()
      .catch((error: unknown) => console.error(error))
      .finally(() => (this.#running = null))
    this.#ctx.waitUntil(this.#running)
  }

  async #run(load: () => Promise<CallOrder>): Promise<void> {
    const buffer = new FrameBuffer({
      store: (frames) => void this.#append(frames),
      coalesceMs: this.facts.limits.coalesceMs,
      now: Date.now,
    })
    let answer: Answer | null = null
    let reply = ''
    let broke: unknown = null
    try {
      answer = await prepare(this.#env, await load())
      this.#abort.signal.throwIfAborted()
      this.#open('started')
      await drive(this.#env, this.facts, answer, {
        account: this.#account,
        signal: this.#abort.signal,
        onAttempt: () => this.store.update({ attempts: this.record.attempts + 1 }),
        onPiece: (piece) => {
          this.#noticedAt = Date.now()
          if (isStreamed(this.facts)) buffer.add(framesIn(piece))
          else reply += piece
        },
      })
    } catch (error) {
      broke = error
    }
    buffer.flush()
    if (broke === null && !isStreamed(this.facts)) this.store.keep('reply', reply)
    if (answer?.packed?.size) {
      this.store.keep('packed', JSON.stringify(Object.fromEntries(answer.packed)))
    }
    await this.#end(broke)
  }

  async #append(frames: readonly string[]): Promise<void> {
    await this.log.append(frames)
    this.#opened.resolve()
  }

  /** Called when storage holds a run that memory does not: its runtime was lost. */
  async #recover(): Promise<void> {
    const recoveries = this.record.recoveries + 1
    this.store.update({ recoveries })
    this.#account.attempts = this.record.attempts
    if (this.hasShown) noteProduced(this.log.texts(), this.#account)
    if (this.record.isCancelled) return this.#end(new Fault('interrupted'))
    if (this.hasShown) return this.#end(new Fault('interrupted', { continuable: true }))
    // What takes its runtime with it does so before it ever comes to its provider.
    if (Math.max(this.record.attempts, recoveries) >= attemptsMax) {
      return this.#end(new Fault('provider_unavailable'))
    }
    await this.#run(() => orderAgain(this.#env, this.facts, this.material))
  }

  /** Stores the last frames and the end of the call in one turn; settles when readers see them. */
  async #end(error: unknown): Promise<void> {
    this.#open('queued')
    const { facts } = this.record
    const { hasShown } = this
    // What comes after the last frame of an answer takes nothing from it.
    const isWhole = isOver(facts, this.log.lastText)
    const isCancelled = this.record.isCancelled && !isWhole
    const fault = error === null || isWhole ? null : asFault(error)
    const frames = this.#lastFrames(fault, isCancelled)
    const outcome = outcomeOf(this.#account, fault, isCancelled, facts.charging)
    const shown = this.log.append(frames)
    // Only for a response that can be had back is it worth keeping what it was asked with.
    if (!facts.isStored) this.store.drop('material')
    const told = fault && { code: fault.code, members: fault.members }
    this.store.update({ stage: 'ended', fault: told, outcome, hasShown })
    await shown
    this.log.wakeReaders()
    this.#opened.resolve()
    this.#ended.resolve()
    await this.#settle()
  }

  /** An end has to be told, but above all it has to be reached. */
  #lastFrames(fault: Fault | null, isCancelled: boolean): string[] {
    const { facts, log } = this
    try {
      return lastFrames({ facts, fault, isCancelled, texts: () => log.texts(), count: log.lastSeq })
    } catch (error) {
      console.error(error)
      return []
    }
  }

  /** While somebody still reads, a look now and then whether it has stopped doing so. */
  #nextLookAt(now: number): number {
    const { expiresAt } = this.facts
    return this.followers.isReading ? Math.min(expiresAt, now + heartbeatMs) : expiresAt
  }

  /** An alarm that is lost or overdue is set again; never to this very moment, which may drop it. */
  async #mendAlarm(): Promise<void> {
    const alarm = await this.#ctx.storage.getAlarm()
    if (alarm === null || alarm < Date.now()) await this.#ctx.storage.setAlarm(Date.now() + 1_000)
  }

  /** Writes the end to D1; until that succeeds the alarm tries again. */
  async #settle(): Promise<void> {
    const now = Date.now()
    const { facts, outcome } = this.record
    try {
      if (outcome) await settleCall(this.#env, facts.id, outcome, now)
      const { state, problemCode } = outcome ?? {}
      const line = { call: facts.id, requestId: facts.requestId, model: facts.modelName }
      writeLine(this.#env, 'info', { ...line, state, code: problemCode })
      this.store.update({ stage: 'settled' })
      await this.#ctx.storage.setAlarm(this.#nextLookAt(now))
    } catch (error) {
      console.error(error)
      const settleTries = this.record.settleTries + 1
      this.store.update({ settleTries })
      const wait = Math.min(settleWaitMsMax, 1_000 * 2 ** (settleTries - 1))
      await this.#ctx.storage.setAlarm(now + wait)
    }
  }
}
