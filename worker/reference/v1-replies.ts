import * as z from 'zod/mini'

// What the clients of OpenAI read of the replies under /v1. A provider of the same dialect may add
// to them: its reply goes on as it came.

const usage = z.looseObject({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
  prompt_tokens_details: z.nullish(z.looseObject({ cached_tokens: z.nullish(z.int()) })),
  completion_tokens_details: z.nullish(z.looseObject({ reasoning_tokens: z.nullish(z.int()) })),
})

const toolCall = z.looseObject({
  id: z.string(),
  type: z.literal('function'),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
})

const finishReason = z.nullish(z.string())

export const OpenAiModel = z.looseObject({
  id: z.string(),
  object: z.literal('model'),
  created: z.int(),
  owned_by: z.string(),
  context_window: z.nullable(z.int()),
  max_output_tokens: z.nullable(z.int()),
})

export const OpenAiModelList = z.looseObject({
  object: z.literal('list'),
  data: z.array(OpenAiModel),
})

export const ChatCompletion = z.looseObject({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string(),
  choices: z.array(
    z.looseObject({
      index: z.int(),
      message: z.looseObject({
        role: z.literal('assistant'),
        content: z.nullish(z.string()),
        reasoning_content: z.nullish(z.string()),
        tool_calls: z.nullish(z.array(toolCall)),
      }),
      finish_reason: finishReason,
    }),
  ),
  usage: z.nullish(usage),
})

export const ChatCompletionChunk = z.looseObject({
  id: z.string(),
  object: z.literal('chat.completion.chunk'),
  created: z.int(),
  model: z.string(),
  choices: z.array(
    z.looseObject({
      index: z.int(),
      delta: z.looseObject({
        role: z.nullish(z.string()),
        content: z.nullish(z.string()),
        reasoning_content: z.nullish(z.string()),
        tool_calls: z.nullish(z.array(z.looseObject({ index: z.int() }))),
      }),
      finish_reason: finishReason,
    }),
  ),
  usage: z.nullish(usage),
})

export const EmbeddingList = z.looseObject({
  object: z.literal('list'),
  data: z.array(
    z.looseObject({
      object: z.literal('embedding'),
      index: z.int(),
      embedding: z.union([z.array(z.number()), z.string()]),
    }),
  ),
  model: z.string(),
  usage: z.looseObject({ prompt_tokens: z.int(), total_tokens: z.int() }),
})

/** One thing a response consists of, or is made from. */
export const ResponseItem = z.looseObject({ id: z.optional(z.string()), type: z.string() })

export const ResponseObject = z.looseObject({
  id: z.string(),
  object: z.literal('response'),
  created_at: z.int(),
  status: z.enum(['queued', 'in_progress', 'completed', 'incomplete', 'failed', 'cancelled']),
  background: z.nullish(z.boolean()),
  error: z.nullable(z.looseObject({ code: z.string(), message: z.string() })),
  incomplete_details: z.nullable(z.looseObject({ reason: z.string() })),
  model: z.string(),
  output: z.array(ResponseItem),
  previous_response_id: z.nullish(z.string()),
  metadata: z.nullish(z.record(z.string(), z.string())),
  usage: z.nullish(
    z.looseObject({ input_tokens: z.int(), output_tokens: z.int(), total_tokens: z.int() }),
  ),
})

/** One event of a stream: the first is `response.created`, the last tells how the response ended. */
export const ResponseStreamEvent = z.looseObject({
  type: z.string(),
  sequence_number: z.int().check(z.gte(0)),
})

export const ResponseItemList = z.looseObject({
  object: z.literal('list'),
  data: z.array(ResponseItem),
  first_id: z.nullable(z.string()),
  last_id: z.nullable(z.string()),
  has_more: z.boolean(),
})

export const DeletedResponse = z.looseObject({
  id: z.string(),
  object: z.string(),
  deleted: z.literal(true),
})

/** How everything under /v1 is refused. */
export const OpenAiError = z.object({
  error: z.object({
    message: z.string(),
    type: z.enum([
      'invalid_request_error',
      'insufficient_quota',
      'rate_limit_error',
      'server_error',
    ]),
    param: z.nullable(z.string()),
    code: z.nullable(z.string()),
  }),
})
