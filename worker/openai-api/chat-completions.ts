import type { AppContext } from '../platform/serve.ts'
import { keyFor } from './admit-key.ts'
import { answerCall } from './answer-call.ts'
import { targetOf } from './begin-call.ts'
import { checkChat } from './chat-answer.ts'
import { tokensOfJson } from './prompt-tokens.ts'
import { readBody } from './read-body.ts'

/** POST /v1/chat/completions. */
export async function chatCompletions(context: AppContext): Promise<Response> {
  const key = keyFor(context, 'chat')
  const { body, text } = await readBody(context)
  const target = await targetOf(context, key, body.model)
  checkChat({ ...target, body })
  return answerCall(context, target, {
    route: 'chat',
    kind: 'v1',
    body,
    text,
    isStream: body.stream === true,
    promptTokens: tokensOfJson(body.messages),
  })
}
