import { Buffer } from 'node:buffer'
import { limitsOf, tagPairsOf } from '../../chat/compose-order.ts'
import type { AppContext } from '../../platform/serve.ts'
import type { AskedCall } from '../asked-call.ts'
import { reserve, type Target } from '../begin-call.ts'
import { invalidField } from '../field-faults.ts'
import { repeatMs, type Repeat } from '../reserve-call.ts'
import { openResponse } from '../responses/response-object.ts'
import type { ResponsesBody } from '../responses/responses-body.ts'
import { answered, questionOf } from './answered.ts'
import type { CallOrder } from './call-order.ts'
import { beginKept } from './call-stub.ts'

const hourMs = 3_600_000

/** A call to keep, and by what it is known when it comes again. */
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
  if (asked.route === 'responses') refuseLong(asked.body as ResponsesBody)
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
  const question = { id, ask: questionOf(asked) }
  return answered(context, asked, beginKept(context.env, order, question))
}

/** A kept response tells what it was asked with in each of its first frames and in its last. */
const toldBytesMax = 400_000

function refuseLong(body: ResponsesBody): void {
  const response = openResponse('rsp_', body, { createdAt: 0, model: '' })
  const lengths = Object.entries(response).map(
    ([name, value]) => [name, Buffer.byteLength(JSON.stringify(value))] as const,
  )
  const length = lengths.reduce((sum, [, each]) => sum + each, 0)
  if (length <= toldBytesMax) return
  const [longest = ''] = lengths.toSorted(([, a], [, b]) => b - a)[0] ?? []
  const message = `Too long to be stored: at most ${toldBytesMax} bytes beside the input. Without storing ('store': false) it may be longer.`
  throw invalidField(longest, message)
}
