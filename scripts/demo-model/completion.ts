import type { ChatRequest } from './conversation.ts'
import { answerTo } from './answer.ts'
import { tokensOf } from './conversation.ts'

export interface Delta {
  field: 'reasoning_content' | 'content'
  token: string
}

export interface Completion {
  id: string
  model: string
  deltas: Delta[]
  finishReason: 'stop' | 'length'
  usage: {
    prompt_tokens: number
    completion_tokens: number
    total_tokens: number
    completion_tokens_details: { reasoning_tokens: number }
  }
}

/** A whole answer, in pieces, before the first of them is sent. */
export function complete(request: ChatRequest): Completion {
  const { reasoning, text } = answerTo(request.model, request.messages)
  const thought = tokensOf(reasoning).map((token) => ({
    field: 'reasoning_content' as const,
    token,
  }))
  const said = tokensOf(text).map((token) => ({ field: 'content' as const, token }))
  const whole = [...thought, ...said]
  const deltas = whole.slice(0, request.tokensMax ?? whole.length)
  const prompt = request.messages.reduce((sum, { text }) => sum + tokensOf(text).length + 4, 3)
  return {
    id: `chatcmpl-demo-${prompt}-${deltas.length}`,
    model: request.model,
    deltas,
    finishReason: deltas.length < whole.length ? 'length' : 'stop',
    usage: {
      prompt_tokens: prompt,
      completion_tokens: deltas.length,
      total_tokens: prompt + deltas.length,
      completion_tokens_details: { reasoning_tokens: Math.min(thought.length, deltas.length) },
    },
  }
}

export function asOneReply(completion: Completion, now: number): object {
  const { id, model, deltas, finishReason, usage } = completion
  const joined = (field: Delta['field']) =>
    deltas.flatMap((delta) => (delta.field === field ? [delta.token] : [])).join('')
  const message = { role: 'assistant', content: joined('content') }
  const reasoning = joined('reasoning_content')
  return {
    id,
    object: 'chat.completion',
    created: Math.floor(now / 1_000),
    model,
    choices: [
      {
        index: 0,
        message: reasoning ? { ...message, reasoning_content: reasoning } : message,
        finish_reason: finishReason,
      },
    ],
    usage,
  }
}

/** The chunks of a stream are alike but for these two. */
export function chunkOf({ id, model }: Completion, now: number, fields: object): string {
  const created = Math.floor(now / 1_000)
  const chunk = { id, object: 'chat.completion.chunk', created, model, choices: [], ...fields }
  return `data: ${JSON.stringify(chunk)}\n\n`
}

export function choice(delta: object, finishReason: string | null = null): object {
  return { choices: [{ index: 0, delta, finish_reason: finishReason }] }
}
