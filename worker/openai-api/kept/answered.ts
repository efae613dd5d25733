import { streamHeaders } from '../../chat/follow-log.ts'
import type { AppContext } from '../../platform/serve.ts'
import type { Fault } from '../../platform/fault.ts'
import type { AskedCall } from '../asked-call.ts'
import { chatFailure } from '../chat-completions/chat-answer.ts'
import { watchKey } from '../watch-key.ts'
import type { CallQuestion } from './call-object.ts'

type HowAsked = Pick<AskedCall, 'isStream' | 'isBackground'>

/** What the object of a call is asked for, so that its caller is answered as it wants to be. */
export function questionOf({ isStream, isBackground = false }: HowAsked): CallQuestion {
  if (isStream) return 'answer'
  return isBackground ? 'now' : 'reply'
}

/** Answers a caller by what the object of its call answers. */
export function answered(
  context: AppContext,
  { isStream }: HowAsked,
  answering: Promise<Response>,
): Promise<Response> {
  return isStream ? answering.then((answer) => followed(context, answer)) : json(context, answering)
}

/** What an object streams, on its way to its caller, as long as the caller's key is good. */
export function followed(context: AppContext, { body }: Response): Response {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const refused = new AbortController()
  let refusal: Fault | null = null
  const unwatch = watchKey(context, (fault) => {
    refusal = fault
    refused.abort()
  })
  // Whoever leaves ends the pipe, which the object learns of.
  const piping = body?.pipeTo(writable, { signal: refused.signal, preventAbort: true })
  piping
    ?.catch((error: unknown) =>
      refusal
        ? endWith(writable, chatFailure(refusal, context.get('requestId')))
        : // The object was lost: whoever reads is to learn it and come again.
          writable.abort(error),
    )
    .catch(() => {})
    .finally(unwatch)
  return context.body(readable, 200, streamHeaders)
}

async function endWith(writable: WritableStream<Uint8Array>, frame: string): Promise<void> {
  const writer = writable.getWriter()
  await writer.write(new TextEncoder().encode(frame))
  await writer.close()
}

/** The body of JSON an object answers with, waited for as long as the caller's key is good. */
export async function json(context: AppContext, answering: Promise<Response>): Promise<Response> {
  const refused = Promise.withResolvers<never>()
  const unwatch = watchKey(context, refused.reject)
  try {
    const text = answering.then((answer) => answer.text())
    const body = await Promise.race([text, refused.promise])
    return context.body(body, 200, { 'Content-Type': 'application/json' })
  } finally {
    unwatch()
  }
}
