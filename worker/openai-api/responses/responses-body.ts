import * as z from 'zod/mini'
import { Effort } from '../../contract/reasoning.ts'

const text = <const Type extends string>(type: Type) =>
  z.looseObject({ type: z.literal(type), text: z.string() })
const image = z.looseObject({
  type: z.literal('input_image'),
  image_url: z.nullish(z.string()),
  file_id: z.nullish(z.string()),
})
const inputPart = z.discriminatedUnion('type', [
  text('input_text'),
  text('output_text'),
  text('text'),
  image,
  z.looseObject({ type: z.literal('refusal'), refusal: z.string() }),
  // Kinds there are, and that no translated call can carry.
  z.looseObject({ type: z.enum(['input_file', 'input_audio']) }),
])

/** The kinds of items there are; others are refused by their names. */
export const InputMessage = z.looseObject({
  role: z.enum(['user', 'assistant', 'system', 'developer']),
  content: z.union([z.string(), z.array(inputPart)]),
})
export const FunctionCall = z.looseObject({
  call_id: z.string().check(z.minLength(1)),
  name: z.string().check(z.minLength(1)),
  arguments: z.string(),
})
export const FunctionCallOutput = z.looseObject({
  call_id: z.string().check(z.minLength(1)),
  output: z.union([z.string(), z.array(inputPart)]),
})
export const ReasoningItem = z.looseObject({ encrypted_content: z.nullish(z.string()) })
export type InputMessage = z.infer<typeof InputMessage>
export type InputPart = z.infer<typeof inputPart>

const Tool = z.looseObject({ type: z.string() })
export const FunctionTool = z.looseObject({
  name: z.string().check(z.minLength(1)),
  description: z.nullish(z.string()),
  parameters: z.nullish(z.looseObject({})),
  strict: z.nullish(z.boolean()),
})

const ToolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.looseObject({ type: z.string() }),
])

const Format = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text') }),
  z.looseObject({ type: z.literal('json_object') }),
  z.looseObject({
    type: z.literal('json_schema'),
    name: z.string(),
    schema: z.looseObject({}),
    strict: z.nullish(z.boolean()),
  }),
])

const between = (least: number, most: number) =>
  z.nullish(z.number().check(z.gte(least), z.lte(most)))

const metadataPairsMax = 16
const Metadata = z
  .record(z.string().check(z.maxLength(64)), z.string().check(z.maxLength(512)))
  .check(z.refine((pairs) => Object.keys(pairs).length <= metadataPairsMax, 'At most 16 pairs.'))

/** What a response is asked with. Fields that are not named here pass. */
export const ResponsesBody = z.looseObject({
  model: z.string().check(z.minLength(1)),
  input: z.optional(z.union([z.string(), z.array(z.looseObject({}))])),
  instructions: z.nullish(z.string()),
  stream: z.nullish(z.boolean()),
  store: z.nullish(z.boolean()),
  background: z.nullish(z.boolean()),
  previous_response_id: z.nullish(z.string()),
  metadata: z.nullish(Metadata),
  tools: z.nullish(z.array(Tool)),
  tool_choice: z.nullish(ToolChoice),
  parallel_tool_calls: z.nullish(z.boolean()),
  max_output_tokens: z.nullish(z.int().check(z.gte(1))),
  temperature: between(0, 2),
  top_p: between(0, 1),
  truncation: z.nullish(z.enum(['auto', 'disabled'])),
  include: z.nullish(z.array(z.string())),
  reasoning: z.nullish(
    z.looseObject({ effort: z.nullish(Effort), summary: z.nullish(z.string()) }),
  ),
  text: z.nullish(z.looseObject({ format: z.nullish(Format) })),
  top_logprobs: z.nullish(z.int().check(z.gte(0), z.lte(20))),
})
export type ResponsesBody = z.infer<typeof ResponsesBody>
