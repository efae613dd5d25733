import * as z from 'zod/mini'
import { Effort } from '../../contract/reasoning.ts'

const textPart = z.looseObject({ type: z.literal('text'), text: z.string() })
const refusalPart = z.looseObject({ type: z.literal('refusal'), refusal: z.string() })
const imagePart = z.looseObject({
  type: z.literal('image_url'),
  image_url: z.looseObject({ url: z.string().check(z.minLength(1)) }),
})
/** Kinds there are, and that no translated call can carry. */
const otherPart = z.looseObject({ type: z.enum(['input_audio', 'file']) })

const text = z.union([z.string(), z.array(textPart)])
const toolCall = z.looseObject({
  id: z.string(),
  type: z.enum(['function', 'custom']),
  function: z.optional(z.looseObject({ name: z.string(), arguments: z.string() })),
})

const Message = z.discriminatedUnion('role', [
  z.looseObject({ role: z.literal('system'), content: text }),
  z.looseObject({ role: z.literal('developer'), content: text }),
  z.looseObject({
    role: z.literal('user'),
    content: z.union([
      z.string(),
      z.array(z.discriminatedUnion('type', [textPart, imagePart, otherPart])),
    ]),
  }),
  z.looseObject({
    role: z.literal('assistant'),
    content: z.nullish(
      z.union([z.string(), z.array(z.discriminatedUnion('type', [textPart, refusalPart]))]),
    ),
    refusal: z.nullish(z.string()),
    tool_calls: z.nullish(z.array(toolCall)),
  }),
  z.looseObject({ role: z.literal('tool'), content: text, tool_call_id: z.string() }),
  z.looseObject({ role: z.literal('function') }),
])
export type ChatMessage = z.infer<typeof Message>

const Tool = z.looseObject({
  type: z.enum(['function', 'custom']),
  function: z.optional(
    z.looseObject({
      name: z.string().check(z.minLength(1)),
      description: z.nullish(z.string()),
      parameters: z.nullish(z.looseObject({})),
      strict: z.nullish(z.boolean()),
    }),
  ),
})
export type ChatTool = z.infer<typeof Tool>

const named = z.looseObject({ name: z.string() })
const ToolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.discriminatedUnion('type', [
    z.looseObject({ type: z.literal('function'), function: named }),
    z.looseObject({
      type: z.literal('allowed_tools'),
      allowed_tools: z.looseObject({
        mode: z.enum(['auto', 'required']),
        tools: z.array(z.looseObject({ function: z.optional(named) })),
      }),
    }),
    z.looseObject({ type: z.literal('custom') }),
  ]),
])

const Format = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text') }),
  z.looseObject({ type: z.literal('json_object') }),
  z.looseObject({
    type: z.literal('json_schema'),
    json_schema: z.looseObject({
      name: z.string(),
      schema: z.optional(z.looseObject({})),
      strict: z.nullish(z.boolean()),
    }),
  }),
])

const between = (least: number, most: number) =>
  z.nullish(z.number().check(z.gte(least), z.lte(most)))
const count = z.nullish(z.int().check(z.gte(1)))

/** What a chat completion is asked with. Fields that are not named here pass. */
export const ChatBody = z.looseObject({
  model: z.string().check(z.minLength(1)),
  messages: z.array(Message).check(z.minLength(1)),
  stream: z.nullish(z.boolean()),
  stream_options: z.nullish(z.looseObject({ include_usage: z.nullish(z.boolean()) })),
  tools: z.nullish(z.array(Tool)),
  tool_choice: z.nullish(ToolChoice),
  parallel_tool_calls: z.nullish(z.boolean()),
  response_format: z.nullish(Format),
  max_tokens: count,
  max_completion_tokens: count,
  stop: z.nullish(z.union([z.string(), z.array(z.string()).check(z.maxLength(4))])),
  temperature: between(0, 2),
  top_p: between(0, 1),
  seed: z.nullish(z.int()),
  presence_penalty: between(-2, 2),
  frequency_penalty: between(-2, 2),
  reasoning_effort: z.nullish(Effort),
  n: count,
  logprobs: z.nullish(z.boolean()),
  top_logprobs: z.nullish(z.int()),
  logit_bias: z.nullish(z.looseObject({})),
  modalities: z.nullish(z.array(z.string())),
})
export type ChatBody = z.infer<typeof ChatBody>
