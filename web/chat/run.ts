import { applyEvent } from '#contract/fold.ts'
import {
  isTerminal,
  type Keepalive,
  type LoggedEvent,
  type Phase,
} from '#contract/generation-events.ts'
import type { Message } from '#contract/message.ts'

/** A reply being written, as this page follows it. */
export interface Run {
  /** The highest seq folded; the place to follow on from. */
  seq: number
  /** The fold of the log up to `seq`, begun from the reply without parts. */
  folded: Message
  /** What to show: the fold, or what was on screen before as long as that is more. */
  shown: Message
  phase: Phase | null
  /** When the newest part was opened, by this page's clock. */
  partSince: number
  /** When the run was last heard of, by this page's clock. */
  heardAt: number
  retryAt: number | null
  /** The stream was lost and is being opened again. */
  reconnecting: boolean
  /** Stop was asked for and has not ended the run yet. */
  stopping: boolean
}

/** The run of `reply` before its first event. The parts it has already are only a preview. */
export function runOf(reply: Message, now: number): Run {
  return {
    seq: 0,
    folded: { ...reply, parts: [], state: { type: 'pending' } },
    shown: reply,
    phase: null,
    partSince: now,
    heardAt: now,
    retryAt: null,
    reconnecting: false,
    stopping: false,
  }
}

/** The run after `logged`; the same run when its seq was folded already. */
export function withEvent(run: Run, { seq, event }: LoggedEvent, now: number): Run {
  if (seq <= run.seq) return run
  const folded = applyEvent(run.folded, event)
  // A replay begins behind what is on screen (a stored copy, or the reply being continued), and
  // what is on screen never shrinks.
  const caughtUp = isTerminal(event) || lengthOf(folded) >= lengthOf(run.shown)
  return {
    ...run,
    seq,
    folded,
    shown: caughtUp ? folded : { ...folded, parts: run.shown.parts },
    partSince: folded.parts.length > run.folded.parts.length ? now : run.partSince,
    heardAt: now,
    retryAt: null,
    reconnecting: false,
  }
}

/** Keepalives tell the phase and how long it has been silent, never anything of the message. */
export function withKeepalive(run: Run, keepalive: Keepalive, now: number): Run {
  return {
    ...run,
    phase: keepalive.phase,
    heardAt: now - keepalive.idleMs,
    retryAt: keepalive.retryAt ?? null,
    reconnecting: false,
  }
}

/** The run with what only the stored copy knows: the reply's place among its siblings. */
export function withStored(run: Run, { siblings, supersededBy }: Message): Run {
  const known = run.folded
  if (known.supersededBy === supersededBy && known.siblings.ids.join() === siblings.ids.join()) {
    return run
  }
  return {
    ...run,
    folded: { ...run.folded, siblings, supersededBy },
    shown: { ...run.shown, siblings, supersededBy },
  }
}

function lengthOf({ parts }: Message): number {
  return parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : 0) + 1, 0)
}
