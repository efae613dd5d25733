import * as z from 'zod/mini'
import type { PassedCall } from '../../providers/provider.ts'
import type { Answer, CallToAnswer } from '../answer.ts'
import { checkBody } from '../check-body.ts'
import { unsupportedField } from '../field-faults.ts'
import { passWhole } from '../pass-on.ts'
import { embeddingsBody } from './to-embeddings.ts'

const inputsMax = 2_048
export const EmbeddingsBody = z.looseObject({
  model: z.string(),
  input: z.union([
    z.string().check(z.minLength(1)),
    z.array(z.string().check(z.minLength(1))).check(z.minLength(1), z.maxLength(inputsMax)),
  ]),
  encoding_format: z.nullish(z.enum(['float', 'base64'])),
  dimensions: z.nullish(z.int().check(z.gte(1))),
})

type Checked = Pick<CallToAnswer, 'body' | 'usable' | 'provider' | 'connection'>

/** What is wrong with a call for vectors is told before anything of it is taken. */
export function checkEmbeddings(call: Checked): void {
  if (passedFor(call)) return
  if (!call.provider.embed) throw unsupportedField('model', 'This model has no embeddings.')
  checkBody(EmbeddingsBody, call.body)
}

function passedFor({ provider, connection, usable }: Checked): PassedCall | undefined {
  return provider.passes?.embeddings?.(connection, usable.rawId)
}

/** How a call for vectors is answered: passed on where that can be, translated elsewhere. */
export function embeddingsAnswer(call: CallToAnswer): Answer {
  const passed = passedFor(call)
  return {
    body: passed ? passing(call, passed) : translating(call),
    stream() {
      throw new Error('Vectors are not streamed.')
    },
    failure: () => '',
  }
}

function passing({ connection, body, usable }: CallToAnswer, passed: PassedCall): Answer['body'] {
  const model = usable.model.name
  return (account, upstream) =>
    passWhole({ call: passed, connection, body, model, account, isVectors: true }, upstream)
}

function translating({ provider, connection, usable, ...call }: CallToAnswer): Answer['body'] {
  const { embed } = provider
  if (!embed) throw unsupportedField('model', 'This model has no embeddings.')
  const { input, dimensions, encoding_format: encoding } = checkBody(EmbeddingsBody, call.body)
  const inputs = typeof input === 'string' ? [input] : input
  const request = { model: usable.rawId, inputs, dimensions: dimensions ?? null }
  return async (account, upstream) => {
    const embedded = await embed(request, connection, upstream)
    account.usage = embedded.usage
    account.produce(0)
    const { usage } = account.settled(false)
    return JSON.stringify(
      embeddingsBody(embedded, usable.model.name, encoding ?? 'float', usage.inputTokens ?? 0),
    )
  }
}
