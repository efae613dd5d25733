import { streamHeaders } from '../chat/follow-log.ts'
import { Fault } from '../platform/fault.ts'
import type { AppContext } from '../platform/serve.ts'
import type { Upstream } from '../platform/upstream.ts'
import type { BegunCall } from './begin-call.ts'
import { toOpenAiError } from './openai-error.ts'
import { runCall } from './run-call.ts'
import { streamCall } from './stream-call.ts'
import { watchKey } from './watch-key.ts'

/** Answers a call by what `frames` hands on. Whoever leaves ends it, and so does the end of its key. */
export async function streamed(
  context: AppContext,
  call: BegunCall,
  frames: (upstream: Upstream) => AsyncIterable<string>,
): Promise<Response> {
  const { account, limits, guard } = call
  const requestId = context.get('requestId')
  const leaving = new AbortController()
  const unwatch = watchKey(context, (refusal) => leaving.abort(refusal))
  const leave = () => {
    unwatch()
    leaving.abort()
    call.end(null, true)
  }
  // Until the stream is opened there is none that whoever leaves could cancel.
  context.req.raw.signal.addEventListener('abort', leave, { once: true })
  try {
    const stream = await streamCall({
      frames: runCall({ attempt: frames, account, limits, guard, signal: leaving.signal }),
      heartbeatMs: limits.heartbeatMs,
      failure: (error) =>
        `data: ${JSON.stringify(toOpenAiError(asFault(error), requestId).body)}\n\n`,
      onEnd(error) {
        unwatch()
        call.end(error)
      },
      onLeave: leave,
    })
    return context.body(stream, 200, streamHeaders)
  } catch (error) {
    unwatch()
    call.end(error)
    throw unheard(leaving.signal, error)
  }
}

/** Answers a call by one body of JSON; it ends as a stream does. */
export async function whole(
  context: AppContext,
  call: BegunCall,
  bodyOf: (upstream: Upstream) => Promise<string>,
): Promise<Response> {
  const { account, limits, guard } = call
  const left = context.req.raw.signal
  const refused = new AbortController()
  const unwatch = watchKey(context, (refusal) => refused.abort(refusal))
  const signal = AbortSignal.any([left, refused.signal])
  async function* attempt(upstream: Upstream) {
    yield await bodyOf(upstream)
  }
  try {
    let body = ''
    for await (const piece of runCall({ attempt, account, limits, guard, signal })) body += piece
    call.end(null)
    return context.body(body, 200, { 'Content-Type': 'application/json' })
  } catch (error) {
    call.end(error, left.aborted)
    throw unheard(left, error)
  } finally {
    unwatch()
  }
}

/** Nobody hears what becomes of a call whose caller has left, and it is no fault to look into. */
function unheard(leaving: AbortSignal, error: unknown): unknown {
  const isMissed = leaving.aborted && !(error instanceof Fault)
  return isMissed ? new Fault('interrupted', {}, { cause: error }) : error
}

function asFault(error: unknown): Fault {
  return error instanceof Fault ? error : new Fault('internal', {}, { cause: error })
}
