import type { Bindings } from '../platform/env.ts'
import type { Answer, CallToAnswer, Route } from './answer.ts'
import { chatAnswer } from './chat-completions/chat-answer.ts'
import { embeddingsAnswer } from './embeddings/embeddings-answer.ts'
import { responsesAnswer } from './responses/responses-answer.ts'

/** How a call is answered, wherever that is done. Refuses what only its images can have wrong. */
export async function answerOf(env: Bindings, route: Route, call: CallToAnswer): Promise<Answer> {
  switch (route) {
    case 'chat':
      return chatAnswer(env, call)
    case 'responses':
      return responsesAnswer(env, call)
    case 'embeddings':
      return embeddingsAnswer(call)
    default:
      return route satisfies never
  }
}
