import type { AppContext } from '../../platform/serve.ts'
import { keyFor } from '../admit-key.ts'
import { answerCall } from '../answer-call.ts'
import { targetOf } from '../begin-call.ts'
import { checkChat } from './chat-answer.ts'
import { tokensOfJson } from '../prompt-tokens.ts'
import { answerRepeat } from '../kept/answer-repeat.ts'
import { readBody } from '../read-body.ts'

/** POST /v1/chat/completions. */
export async function chatCompletions(context: AppContext): Promise<Response> {
  const key = keyFor(context, 'chat')
  const { body, text } = await readBody(context)
  const asked = { route: 'chat', text, isStream: body.stream === true } as const
  const repeated = await answerRepeat(context, key, asked)
  if (repeated) return repeated
  const target = await targetOf(context, key, body.model)
  checkChat({ ...target, body })
  return answerCall(context, target, {
    ...asked,
    kind: 'v1',
    body,
    promptTokens: tokensOfJson(body.messages),
  })
}
