import type { Phase } from '../contract/generation-events.ts'
import { Fault } from '../platform/fault.ts'
import type { ProviderUsage } from '../providers/provider.ts'
import type { GenerationOrder } from './generation-order.ts'
import { callProvider, type CallDeps, type Outcome } from './provider-call.ts'
import type { ReplyWriter } from './reply-writer.ts'
import { deservesFallback, retryDelay } from './retry-delay.ts'

export interface RunDeps extends Pick<
  CallDeps,
  'provider' | 'loadRequest' | 'openUpstream' | 'onWithoutStreamOptions'
> {
  /** Counts an attempt in storage, before its call. */
  startAttempt(): void
  setPhase(phase: Phase, more?: { retryAt?: number; cause?: string }): void
  now(): number
}

export interface RunResult {
  outcome: Outcome
  usage: ProviderUsage | null
  fallback: boolean
}

/**
 * Gets one reply from the provider: retries while nothing was shown, falls back to a call without
 * streaming, and says how it ended. Never throws. The reply itself has gone to `writer`.
 */
export async function runGeneration(
  order: GenerationOrder,
  writer: ReplyWriter,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<RunResult> {
  const { limits } = order
  let usage: ProviderUsage | null = null
  const call = async (how: 'stream' | 'complete'): Promise<Outcome> => {
    if (!writer.hasShown) deps.startAttempt()
    deps.setPhase(how === 'stream' ? 'waiting' : 'fallback')
    let isStreaming = false
    const callDeps: CallDeps = {
      ...deps,
      onUsage: (counts) => (usage = counts),
      onFirstByte: () => {
        if (!isStreaming) deps.setPhase('streaming')
        isStreaming = true
      },
    }
    writer.restart()
    const outcome = await callProvider(how, order, writer, callDeps, signal)
    // What was held back of a lost call was not shown, so the next one may begin afresh.
    if (outcome.type === 'ended' || writer.hasShown) writer.close()
    return judge(outcome, writer)
  }

  let outcome = await call('stream')
  for (let retries = 0; retries < limits.retries && !writer.hasShown; retries++) {
    const wait = outcome.type === 'failed' ? retryDelay(outcome.fault) : null
    if (wait === null || outcome.type !== 'failed') break
    deps.setPhase('retrying', { retryAt: deps.now() + wait, cause: outcome.fault.code })
    if (!(await pause(wait, signal)))
      return { outcome: { type: 'cancelled' }, usage, fallback: false }
    outcome = await call('stream')
  }
  const isLost = outcome.type === 'failed' && deservesFallback(outcome.fault)
  if (isLost && limits.fallback && !writer.hasShown && !signal.aborted) {
    outcome = await call('complete')
    return { outcome: settle(outcome, writer), usage, fallback: true }
  }
  return { outcome: settle(outcome, writer), usage, fallback: false }
}

/** An ending without an answer is a fault of its own. */
function judge(outcome: Outcome, writer: ReplyWriter): Outcome {
  if (outcome.type !== 'ended' || writer.text.trim() !== '') return outcome
  if (outcome.stop.reason === 'content_filter') {
    return failed('content_blocked', { category: outcome.stop.raw })
  }
  return failed(writer.reasoning === '' ? 'empty_reply' : 'reasoning_only')
}

/** What a fault is called once it is certain that it ends the reply. */
function settle(outcome: Outcome, writer: ReplyWriter): Outcome {
  if (outcome.type !== 'failed') return outcome
  const { code, members } = outcome.fault
  const { isTotal, continuable, ...rest } = members
  if (!writer.hasShown) {
    // Nothing was shown, so there is nothing to go on with: the provider just did not answer.
    return failed(code === 'interrupted' ? 'provider_unavailable' : code, rest)
  }
  const isContinuable = ['interrupted', 'provider_stalled', 'provider_timeout'].includes(code)
  return failed(code, isContinuable ? { ...rest, continuable: true } : rest)
}

function failed(...fault: ConstructorParameters<typeof Fault>): Outcome {
  return { type: 'failed', fault: new Fault(...fault) }
}

/** False when `signal` ended the wait. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false)
    const timer = setTimeout(() => done(true), ms)
    const onAbort = () => done(false)
    const done = (isOver: boolean) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      resolve(isOver)
    }
    signal.addEventListener('abort', onAbort)
  })
}
