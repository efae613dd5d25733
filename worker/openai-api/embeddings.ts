import * as z from 'zod/mini'
import { tokensOf } from '../chat/tokens.ts'
import type { AppContext } from '../platform/serve.ts'
import { keyFor } from './admit-key.ts'
import { whole } from './answer-call.ts'
import { beginCall, targetOf } from './begin-call.ts'
import { checkBody } from './check-body.ts'
import { unsupportedField } from './field-faults.ts'
import { passWhole } from './pass-on.ts'
import { readBody } from './read-body.ts'
import { embeddingsBody } from './to-embeddings.ts'

const inputsMax = 2_048
const EmbeddingsBody = z.looseObject({
  input: z.union([
    z.string().check(z.minLength(1)),
    z.array(z.string().check(z.minLength(1))).check(z.minLength(1), z.maxLength(inputsMax)),
  ]),
  encoding_format: z.nullish(z.enum(['float', 'base64'])),
  dimensions: z.nullish(z.int().check(z.gte(1))),
})

/** POST /v1/embeddings: passed on as it came where that can be, translated elsewhere. */
export async function embeddings(context: AppContext): Promise<Response> {
  const key = keyFor(context, 'embeddings')
  const body = await readBody(context)
  const target = await targetOf(context, key, body.model, true)
  const { connection, provider, usable } = target
  const promptTokens = tokensOf(JSON.stringify(body.input ?? ''))
  const passed = provider.passes?.embeddings?.(connection, usable.rawId)
  if (passed) {
    const call = await beginCall(context, target, { kind: 'embedding', promptTokens })
    const { account } = call
    const model = usable.model.name
    return whole(context, call, (upstream) =>
      passWhole({ call: passed, connection, body, model, account }, upstream),
    )
  }
  const { embed } = provider
  if (!embed) throw unsupportedField('model', 'This model has no embeddings.')
  const { input, dimensions, encoding_format: encoding } = checkBody(EmbeddingsBody, body)
  const inputs = typeof input === 'string' ? [input] : input
  const call = await beginCall(context, target, { kind: 'embedding', promptTokens })
  return whole(context, call, async (upstream) => {
    const request = { model: usable.rawId, inputs, dimensions: dimensions ?? null }
    const embedded = await embed(request, connection, upstream)
    call.account.usage = embedded.usage
    call.account.produce(0)
    const { usage } = call.account.settled(false)
    return JSON.stringify(
      embeddingsBody(embedded, usable.model.name, encoding ?? 'float', usage.inputTokens ?? 0),
    )
  })
}
