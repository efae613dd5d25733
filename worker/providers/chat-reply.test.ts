import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openai } from './openai.ts'
import { connectionOf, gather, requestOf, upstreamOf } from './play-recording.ts'

const connection = connectionOf('openai', { apiKey: null })

const names =
  'choices delta message content reasoning reasoning_content reasoning_details refusal text type ' +
  'tool_calls function_call function name arguments id index finish_reason usage x_groq error code ' +
  'prompt_tokens completion_tokens prompt_tokens_details thinking detail content_filter_results'
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(null, true, 0, -1, 1.5, 'stop', 'error', '', 'text', 'thinking', '{"x":1}'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names.split(' ')), tie('value'), { maxKeys: 5 }),
  ),
}))

describe('a stream of anything', () => {
  it('comes to an end or a fault, whatever its chunks hold', async () => {
    const choice = fc.record({ delta: value, finish_reason: value }, { requiredKeys: [] })
    const chunk = fc.oneof(value, fc.record({ choices: fc.tuple(choice), usage: value }))
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 5 }), async (chunks) => {
        const body = chunks.map((item) => `data: ${JSON.stringify(item)}\n\n`).join('')
        const headers = { 'content-type': 'text/event-stream' }
        const upstream = upstreamOf(
          () => new Response(`: ok\n\n${body}data: [DONE]\n\n`, { headers }),
        )
        const got = await gather(openai.stream(requestOf(), connection, upstream))
        expect(got.finish ?? got.problem).toBeTypeOf('string')
      }),
      { numRuns: 500 },
    )
  })
})
