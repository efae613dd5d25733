import { limitsOf, tagPairsOf } from '../../chat/compose-order.ts'
import { streamHeaders } from '../../chat/follow-log.ts'
import type { AppContext } from '../../platform/serve.ts'
import type { AskedCall } from '../asked-call.ts'
import { reserve, type Target } from '../begin-call.ts'
import { repeatMs, type Repeat } from '../reserve-call.ts'
import { watchKey } from '../watch-key.ts'
import type { CallOrder } from './call-order.ts'
import { beginKept } from './call-stub.ts'

const hourMs = 3_600_000

export interface CallToKeep extends AskedCall {
  repeat: Repeat | null
}

/**
 * Answers a call from an object that runs it to its end, whoever leaves meanwhile. The same call with
 * the same Idempotency-Key is the same run, and takes nothing.
 */
export async function keepCall(
  context: AppContext,
  target: Target,
  asked: CallToKeep,
): Promise<Response> {
  const { isStored = false, isBackground = false, isStream, repeat, kind } = asked
  const settings = context.get('settings')
  const now = Date.now()
  const retentionMs = settings['api.responseRetentionHours'] * hourMs
  const expiresAt = now + Math.max(isStored ? retentionMs : 0, repeat ? repeatMs : 0)
  const kept = { isStored, repeat, expiresAt }
  const { id } = await reserve(context, target, { kind, kept, now })
  const order: CallOrder = {
    id,
    ownerId: target.key.user.id,
    requestId: context.get('requestId'),
    route: asked.route,
    isStream,
    isStored,
    isBackground,
    modelId: target.usable.model.id,
    modelName: target.usable.model.name,
    startedAt: now,
    promptTokens: asked.promptTokens,
    limits: limitsOf(settings),
    charging: { costs: kind === 'v1', providerOnly: settings['usage.providerOnly'] },
    allowPrivateHosts: settings['provider.allowPrivateHosts'],
    tagPairs: tagPairsOf(settings),
    expiresAt,
    body: asked.body,
    earlier: asked.earlier ?? [],
    usable: target.usable,
  }
  const question = isStream ? 'stream' : isBackground ? 'now' : 'reply'
  const answer = await beginKept(context.env, order, { id, ask: question })
  return isStream ? followed(context, answer) : jsonOf(context, answer)
}

/** What an object streams, on its way to its caller, as long as the caller's key is good. */
export function followed(context: AppContext, { body }: Response): Response {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const refused = new AbortController()
  const unwatch = watchKey(context, (refusal) => refused.abort(refusal))
  // Whoever leaves ends the pipe, which the object learns of.
  body
    ?.pipeTo(writable, { signal: refused.signal })
    .catch(() => {})
    .finally(unwatch)
  return context.body(readable, 200, streamHeaders)
}

export async function jsonOf(context: AppContext, answer: Response): Promise<Response> {
  return context.body(await answer.text(), 200, { 'Content-Type': 'application/json' })
}
