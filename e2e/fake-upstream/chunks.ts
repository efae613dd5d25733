import type { Script } from './script.ts'

/** One event of a stream, ready for the wire. */
export function chunk(model: string, fields: object): Buffer {
  const head = { id: 'chatcmpl-fake', object: 'chat.completion.chunk', created: 0, model }
  return Buffer.from(`data: ${JSON.stringify({ ...head, ...fields })}\n\n`)
}

export function delta(model: string, fields: object, finishReason: string | null = null): Buffer {
  return chunk(model, { choices: [{ index: 0, delta: fields, finish_reason: finishReason }] })
}

export const done = Buffer.from('data: [DONE]\n\n')

/** The whole answer of a script in one JSON body, for callers that do not stream. */
export function completion(model: string, script: Script): object {
  const joined = (field: string) =>
    script.deltas.flatMap((item) => (item.field === field ? [item.text] : [])).join('')
  return {
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: 0,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: joined('content'),
          reasoning_content: joined('reasoning_content') || undefined,
        },
        finish_reason: 'stop',
      },
    ],
    usage: script.usage,
  }
}
