import { tokensOf } from '../../chat/tokens.ts'
import type { AppContext } from '../../platform/serve.ts'
import { keyFor } from '../admit-key.ts'
import { answerCall } from '../answer-call.ts'
import { targetOf } from '../begin-call.ts'
import { checkEmbeddings } from './embeddings-answer.ts'
import { answerRepeat } from '../kept/answer-repeat.ts'
import { readBody } from '../read-body.ts'

/** POST /v1/embeddings. */
export async function embeddings(context: AppContext): Promise<Response> {
  const key = keyFor(context, 'embeddings')
  const { body, text } = await readBody(context)
  const asked = { route: 'embeddings', text, isStream: false } as const
  const repeated = await answerRepeat(context, key, asked)
  if (repeated) return repeated
  const target = await targetOf(context, key, body.model, true)
  checkEmbeddings({ ...target, body })
  return answerCall(context, target, {
    ...asked,
    kind: 'embedding',
    body,
    promptTokens: tokensOf(JSON.stringify(body.input ?? '')),
  })
}
