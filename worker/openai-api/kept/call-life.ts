import { EventLog } from '../../chat/event-log.ts'
import { Followers } from '../../chat/follow-log.ts'
import type { ProblemCode } from '../../contract/problems.ts'
import { Fault } from '../../platform/fault.ts'
import type { Bindings } from '../../platform/env.ts'
import { log as writeLine } from '../../platform/log.ts'
import type { Answer } from '../answer.ts'
import { CallAccount } from '../call-account.ts'
import { outcomeOf } from '../outcome-of.ts'
import { settleCall } from '../settle-call.ts'
import { callFrames, framesIn } from './call-frames.ts'
import { factsOf, type CallFacts, type CallMaterial, type CallOrder } from './call-order.ts'
import { drive, isStreamed, orderAgain, prepare } from './call-run.ts'
import { CallStore, type CallRecord } from './call-store.ts'
import { FrameBuffer } from './frame-buffer.ts'
import { lastFrames, openingOf } from './frames-around.ts'
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
  readonly #store: CallStore
  readonly #abort = new AbortController()
  /** Settles when there is something to answer with: the first of it, or the end. */
  readonly #opened = Promise.withResolvers<void>()
  readonly #ended = Promise.withResolvers<void>()
  #running: Promise<void> | null = null
  #account: CallAccount
  #noticedAt = Date.now()

  constructor(ctx: DurableObjectState, env: Bindings, store: CallStore) {
    this.#ctx = ctx
    this.#env = env
    this.#store = store
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
    life.#open(order.isBackground ? 'queued' : 'started')
    life.#start(() => life.#run(async () => order))
    return life
  }

  get facts(): CallFacts {
    return this.#store.record.facts
  }

  get isRunning(): boolean {
    return this.#store.record.stage === 'running'
  }

  get record(): CallRecord {
    return this.#store.record
  }

  get store(): CallStore {
    return this.#store
  }

  /** Whether anything was stored that only its provider could tell. */
  get hasShown(): boolean {
    return this.record.hasShown ?? this.log.lastSeq > openingOf(this.#material).length
  }

  /** Stores the first frames, as far as they are not; a queued call is not in progress yet. */
  #open(stage: 'queued' | 'started'): void {
    const opening = openingOf(this.#material)
    const due = stage === 'queued' ? opening.length - 1 : opening.length
    void this.log.append(opening.slice(this.log.lastSeq, due))
  }

  get #material(): CallFacts & CallMaterial {
    const kept = this.#store.text('material')
    const material = kept === null ? { body: {}, earlier: [] } : (JSON.parse(kept) as CallMaterial)
    return { ...this.facts, ...material }
  }

  /** Called when an object wakes with a call in its storage and nothing in memory. */
  resume(): void {
    if (this.isRunning) this.#start(() => this.#recover())
    else {
      this.#opened.resolve()
      this.#ended.resolve()
    }
  }

  /** Waits until there is something to answer with, but no longer than `ms`. */
  async opened(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))
    await Promise.race([this.#opened.promise, late])
    clearTimeout(timer)
  }

  get ended(): Promise<void> {
    return this.#ended.promise
  }

  /** Settles when its run has come to rest, its end written to D1 if that could be. */
  get settled(): Promise<void> {
    return this.#running ?? Promise.resolve()
  }

  /** Ends the run and its call to the provider; what there is stays. Waits for that, at most `ms`. */
  async cancel(ms: number): Promise<void> {
    if (!this.isRunning) return
    this.#store.update({ isCancelled: true })
    this.#abort.abort()
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))
    await Promise.race([this.#ended.promise, late])
    clearTimeout(timer)
  }

  /** Whether nothing of it is to be left. */
  async onAlarm(now: number): Promise<boolean> {
    this.followers.dropBlocked(now)
    switch (this.record.stage) {
      case 'running':
        if (this.#running === null) this.#start(() => this.#recover())
        else await this.#ctx.storage.setAlarm(now + heartbeatMs)
        return false
      case 'ended':
        await this.#settle()
        return false
      case 'settled':
        if (now >= this.facts.expiresAt) return true
        await this.#ctx.storage.setAlarm(this.facts.expiresAt)
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
      this.#open('started')
      await drive(this.#env, this.facts, answer, {
        account: this.#account,
        signal: this.#abort.signal,
        onAttempt: () => this.#store.update({ attempts: this.record.attempts + 1 }),
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
    if (broke === null && !isStreamed(this.facts)) this.#store.keep('reply', reply)
    if (answer?.packed?.size) {
      this.#store.keep('packed', JSON.stringify(Object.fromEntries(answer.packed)))
    }
    await this.#end(broke)
  }

  async #append(frames: readonly string[]): Promise<void> {
    await this.log.append(frames)
    this.#opened.resolve()
  }

  /** Called when storage holds a run that memory does not: its runtime was lost. */
  async #recover(): Promise<void> {
    this.#account.attempts = this.record.attempts
    if (this.record.isCancelled) return this.#end(new Fault('interrupted'))
    if (this.hasShown) {
      noteProduced(this.log.texts(), this.#account)
      return this.#end(new Fault('interrupted', { continuable: true }))
    }
    if (this.record.attempts >= attemptsMax) {
      return this.#end(new Fault('provider_unavailable'))
    }
    const { body, earlier } = this.#material
    await this.#run(() => orderAgain(this.#env, this.facts, { body, earlier }))
  }

  /** Stores the last frames and the end of the call in one turn; settles when readers see them. */
  async #end(error: unknown): Promise<void> {
    const { isCancelled, facts } = this.record
    const { hasShown } = this
    const fault = error === null ? null : asFault(error)
    const frames = lastFrames({
      facts,
      fault,
      isCancelled,
      texts: () => this.log.texts(),
      count: this.log.lastSeq,
    })
    const outcome = outcomeOf(this.#account, fault, isCancelled, facts.charging)
    const shown = this.log.append(frames)
    // Only for a response that can be had back is it worth keeping what it was asked with.
    if (!facts.isStored) this.#store.drop('material')
    const told = fault && { code: fault.code, members: fault.members }
    this.#store.update({ stage: 'ended', fault: told, outcome, hasShown })
    await shown
    this.log.wakeReaders()
    this.#opened.resolve()
    this.#ended.resolve()
    await this.#settle()
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
      this.#store.update({ stage: 'settled' })
      await this.#ctx.storage.setAlarm(Math.max(facts.expiresAt, now + 1_000))
    } catch (error) {
      console.error(error)
      const settleTries = this.record.settleTries + 1
      this.#store.update({ settleTries })
      const wait = Math.min(settleWaitMsMax, 1_000 * 2 ** (settleTries - 1))
      await this.#ctx.storage.setAlarm(now + wait)
    }
  }
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const isAbort = error instanceof Error && error.name === 'AbortError'
  if (!isAbort) console.error(error)
  return new Fault(isAbort ? 'interrupted' : 'internal', {}, { cause: error })
}

export function faultFrom({ fault }: CallRecord): Fault | null {
  return fault && new Fault(fault.code as ProblemCode, fault.members)
}
