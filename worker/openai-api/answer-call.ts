import { tagPairsOf } from '../chat/compose-order.ts'
import { streamHeaders } from '../chat/follow-log.ts'
import { Fault } from '../platform/fault.ts'
import type { AppContext } from '../platform/serve.ts'
import type { Upstream } from '../platform/upstream.ts'
import type { Answer, HandOn } from './answer.ts'
import { answerOf } from './answer-of.ts'
import type { AskedCall } from './asked-call.ts'
import { beginCall, type BegunCall, type Target } from './begin-call.ts'
import { keepCall } from './kept/keep-call.ts'
import { repeatOf } from './kept/repeat-of.ts'
import { runCall } from './run-call.ts'
import { streamCall } from './stream-call.ts'
import { watchKey } from './watch-key.ts'

/** Answers a call that was checked: with its caller, or from an object that keeps it. */
export async function answerCall(
  context: AppContext,
  target: Target,
  asked: AskedCall,
): Promise<Response> {
  const repeat = repeatOf(context, asked)
  if (repeat || asked.isStored) return keepCall(context, target, { ...asked, repeat })
  const call = await beginCall(context, target, asked)
  const answer = await answerOrEnd(context, target, asked, call)
  return asked.isStream ? streamed(context, call, answer) : whole(context, call, answer)
}

/** A call that is begun has to be ended, also when there is nothing to answer it with. */
async function answerOrEnd(
  context: AppContext,
  target: Target,
  { route, body, earlier = [] }: AskedCall,
  call: BegunCall,
): Promise<Answer> {
  try {
    const { id, account } = call
    const tagPairs = tagPairsOf(context.get('settings'))
    const facts = { id, startedAt: account.startedAt, body, tagPairs, earlier, isKept: false }
    return await answerOf(context.env, route, { ...target, ...facts })
  } catch (error) {
    call.end(error)
    throw error
  }
}

/** Whoever leaves a stream ends its call, and so does the end of its key. */
async function streamed(context: AppContext, call: BegunCall, answer: Answer): Promise<Response> {
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
  const { signal } = context.req.raw
  if (signal.aborted) leave()
  else signal.addEventListener('abort', leave, { once: true })
  const attempt = (upstream: Upstream, handOn: HandOn) => answer.stream(account, upstream, handOn)
  const run = { attempt, account, limits, guard, signal: leaving.signal }
  try {
    const stream = await streamCall({
      run: (handOn) => runCall({ ...run, handOn }),
      until: (over) => context.executionCtx.waitUntil(over),
      heartbeatMs: limits.heartbeatMs,
      failure: (error) => answer.failure(asFault(error), requestId),
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

/** One body of JSON ends as a stream does. */
async function whole(context: AppContext, call: BegunCall, answer: Answer): Promise<Response> {
  const { account, limits, guard } = call
  const left = context.req.raw.signal
  const refused = new AbortController()
  const unwatch = watchKey(context, (refusal) => refused.abort(refusal))
  const signal = AbortSignal.any([left, refused.signal])
  let body = ''
  const attempt = async (upstream: Upstream, handOn: HandOn) => {
    await handOn(await answer.body(account, upstream))
  }
  const handOn = (piece: string) => void (body += piece)
  try {
    await runCall({ attempt, handOn, account, limits, guard, signal })
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
