import { applyEvent } from '../contract/fold.ts'
import { isProduced, type GenerationEvent, type Phase } from '../contract/generation-events.ts'
import type { Message } from '../contract/message.ts'
import { Fault } from '../platform/fault.ts'
import type { ProviderUsage } from '../providers/provider.ts'
import { createTagSplitter } from '../providers/reasoning-tags.ts'
import type { EventLog } from './event-log.ts'
import { finalEvents, isRefunded, settledUsage, type Ending } from './final-events.ts'
import { loggedEvents } from './generation-frames.ts'
import type { RunStatus } from './follow-log.ts'
import type { GenerationOrder, RunFacts } from './generation-order.ts'
import { openingEvents } from './opening-events.ts'
import type { Outcome } from './provider-call.ts'
import { ReplyWriter } from './reply-writer.ts'
import { runGeneration, type RunDeps } from './run-generation.ts'
import type { RunStore } from './run-store.ts'
import type { Settlement } from './settle-generation.ts'

const attemptsMax = 3

/**
 * One reply between its log and its provider: begins it, drives it, ends it, or finds out what a
 * lost runtime has left of it. Everything it decides is stored in the turn that decides it.
 */
export class GenerationRun {
  readonly #store: RunStore
  readonly #log: EventLog<GenerationEvent>
  readonly #abort = new AbortController()
  #status: RunStatus = { phase: 'queued', at: Date.now() }
  #message: Message
  #produced = { text: '', reasoning: '' }

  constructor(store: RunStore, log: EventLog<GenerationEvent>) {
    this.#store = store
    this.#log = log
    this.#message = emptyReply(store.record.facts)
    for (const { event } of loggedEvents(log)) this.#fold(event)
  }

  get status(): RunStatus {
    return this.#status
  }

  get message(): Message {
    return this.#message
  }

  /** Whether anything of this run was shown to anybody. */
  get hasShown(): boolean {
    return this.#produced.text !== '' || this.#produced.reasoning !== ''
  }

  /** What an object that lost this run in the middle can end it with, or null to run it again. */
  get orphanOutcome(): Outcome | null {
    const { cancelledBy, attempts } = this.#store.record
    if (cancelledBy) return { type: 'cancelled' }
    if (this.hasShown) return failed('interrupted', { continuable: true })
    return attempts >= attemptsMax ? failed('provider_unavailable') : null
  }

  cancel(): void {
    this.#abort.abort()
  }

  /** The run from wherever it stands to its stored terminal event. Never throws. */
  async drive(order: GenerationOrder, deps: Omit<RunDeps, 'startAttempt' | 'setPhase' | 'now'>) {
    this.open(order)
    const writer = new ReplyWriter({
      store: (events) => {
        void this.#append(events)
        if (events.some(isProduced)) this.#noteFirstDelta()
      },
      coalesceMs: order.limits.coalesceMs,
      newSplitter: () => (order.tagPairs.length > 0 ? createTagSplitter(order.tagPairs) : null),
      now: Date.now,
    })
    const result = await runGeneration(
      order,
      writer,
      {
        ...deps,
        startAttempt: () => this.#store.update({ attempts: this.#store.record.attempts + 1 }),
        setPhase: (phase, more) => this.#setPhase(phase, more),
        now: Date.now,
      },
      this.#abort.signal,
    )
    writer.close()
    await this.end(result.outcome, {
      usage: result.usage,
      fallback: result.fallback,
      firstDeltaAt: writer.firstDeltaAt,
    })
  }

  /** Stores the first events, unless an earlier attempt did. */
  open(order: GenerationOrder): void {
    if (this.#log.lastSeq === 0) this.#append(openingEvents(order))
  }

  /** Stores the last events and the end of the run in one turn; settles when readers see them. */
  async end(
    outcome: Outcome,
    more: { usage: ProviderUsage | null; fallback: boolean; firstDeltaAt: number | null },
  ): Promise<void> {
    const endedAt = Date.now()
    const ending = { ...this.#ending(outcome), ...more, endedAt }
    const shown = this.#append(finalEvents(ending))
    const { fallback, firstDeltaAt } = more
    this.#store.update({
      stage: 'ended',
      endedAt,
      fallback,
      firstDeltaAt,
      usage: settledUsage(ending),
    })
    await shown
  }

  /** What D1 is to know of the end. */
  settlement(now: number): Settlement {
    const { facts, usage } = this.#store.record
    if (usage === null) throw new Error('Only a run with an ending can be settled.')
    return {
      facts,
      message: this.#message,
      usage,
      lastSeq: this.#log.lastSeq,
      refunded: isRefunded({ facts, produced: this.#produced }),
      hasNewText: this.#produced.text !== '',
      now,
    }
  }

  #ending(outcome: Outcome): Ending {
    const { facts, attempts, cancelledBy, fallback, firstDeltaAt, endedAt } = this.#store.record
    return {
      facts,
      outcome,
      by: cancelledBy ?? 'user',
      produced: this.#produced,
      usage: null,
      attempts,
      fallback,
      firstDeltaAt,
      endedAt: endedAt ?? Date.now(),
    }
  }

  /** Stored with the delta itself, so that a lost runtime does not lose the time of it. */
  #noteFirstDelta(): void {
    if (this.#store.record.firstDeltaAt === null) this.#store.update({ firstDeltaAt: Date.now() })
  }

  #append(events: readonly GenerationEvent[]): Promise<void> {
    for (const event of events) this.#fold(event)
    this.#status = { ...this.#status, at: Date.now() }
    return this.#log.append(events)
  }

  #fold(event: GenerationEvent): void {
    this.#message = applyEvent(this.#message, event)
    if (!isProduced(event)) return
    if (event.type === 'content') this.#produced.text += event.content
    if (event.type === 'reasoning') this.#produced.reasoning += event.content ?? ''
  }

  #setPhase(phase: Phase, more: { retryAt?: number; cause?: string } = {}): void {
    if (this.#status.phase === phase) return
    this.#status = { phase, at: Date.now(), ...more }
    this.#log.wakeReaders()
  }
}

function failed(...fault: ConstructorParameters<typeof Fault>): Outcome {
  return { type: 'failed', fault: new Fault(...fault) }
}

function emptyReply({ replyId, conversationId, messageId, acceptedAt }: RunFacts): Message {
  return {
    id: replyId,
    conversationId,
    parentId: messageId,
    role: 'assistant',
    parts: [],
    state: { type: 'pending' },
    model: null,
    usage: null,
    metrics: null,
    siblings: { index: 0, count: 1, ids: [replyId] },
    continuedFrom: null,
    supersededBy: null,
    trace: null,
    createdAt: acceptedAt,
    updatedAt: acceptedAt,
  }
}
