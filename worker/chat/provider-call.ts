import { Fault } from '../platform/fault.ts'
import type { Upstream } from '../platform/upstream.ts'
import type { Provider, ProviderEvent, ProviderUsage } from '../providers/provider.ts'
import type { GenerationOrder } from './generation-order.ts'
import type { LoadedRequest } from './load-request.ts'
import type { ReplyWriter } from './reply-writer.ts'
import { Watchdog } from './watchdog.ts'

export type Stop = Pick<Extract<ProviderEvent, { type: 'stop' }>, 'reason' | 'raw'>

export type Outcome =
  | { type: 'ended'; stop: Stop }
  | { type: 'failed'; fault: Fault }
  | { type: 'cancelled' }

export interface CallDeps {
  provider: Provider
  loadRequest(): Promise<LoadedRequest>
  openUpstream(signal: AbortSignal, alive: () => void, bodyOf: LoadedRequest['bodyOf']): Upstream
  onUsage(usage: ProviderUsage): void
  onFirstByte(): void
  onWithoutStreamOptions(): void
}

/**
 * One call to the provider, its words handed to `writer` as they come. Never throws, and whatever
 * its outcome, the connection to the provider is closed when it returns.
 */
export async function callProvider(
  how: 'stream' | 'complete',
  order: GenerationOrder,
  writer: ReplyWriter,
  deps: CallDeps,
  signal: AbortSignal,
): Promise<Outcome> {
  const abort = new AbortController()
  const onCancel = () => abort.abort()
  signal.addEventListener('abort', onCancel)
  let expired: Fault | null = null
  const watchdog = new Watchdog(order.limits, order.acceptedAt, (fault) => {
    expired = fault
    abort.abort()
  })
  try {
    signal.throwIfAborted()
    const { request, bodyOf } = await deps.loadRequest()
    abort.signal.throwIfAborted()
    const upstream = deps.openUpstream(abort.signal, () => watchdog.alive(), bodyOf)
    const events = deps.provider[how](request, order.connection, upstream)
    return await readEvents(events, writer, watchdog, deps, signal)
  } catch (error) {
    if (signal.aborted) return { type: 'cancelled' }
    if (expired) return { type: 'failed', fault: expired }
    if (!(error instanceof Fault)) console.error(error)
    return { type: 'failed', fault: error instanceof Fault ? error : new Fault('internal') }
  } finally {
    watchdog.stop()
    signal.removeEventListener('abort', onCancel)
    abort.abort()
  }
}

/** A provider one waits this long for is slower than the one who reads. */
const slowMs = 30

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function readEvents(
  events: AsyncIterable<ProviderEvent>,
  writer: ReplyWriter,
  watchdog: Watchdog,
  deps: CallDeps,
  signal: AbortSignal,
): Promise<Outcome> {
  let askedAt = Date.now()
  for await (const event of events) {
    if (signal.aborted) return { type: 'cancelled' }
    const waitedMs = Date.now() - askedAt
    switch (event.type) {
      case 'content':
        writer.content(event.content)
        break
      case 'reasoning':
        writer.reasoningText(event.content)
        break
      case 'usage':
        deps.onUsage(event.usage)
        continue
      case 'without-stream-options':
        deps.onWithoutStreamOptions()
        continue
      case 'tool-call':
      case 'carry':
        // No tool is offered yet, so a call can only be one the model made up.
        continue
      case 'stop':
        return { type: 'ended', stop: { reason: event.reason, raw: event.raw } }
      default:
        event satisfies never
    }
    watchdog.isReasoning = writer.isReasoning
    if (writer.isFull) return { type: 'ended', stop: { reason: 'length', raw: null } }
    deps.onFirstByte()
    // What comes without a wait is part of a flow that is to be read as fast as it comes.
    const { restMs } = writer
    if (waitedMs >= slowMs && restMs > 0) await rest(restMs)
    askedAt = Date.now()
  }
  return { type: 'failed', fault: new Fault('interrupted', { continuable: true }) }
}
