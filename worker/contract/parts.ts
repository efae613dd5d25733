import * as z from 'zod/mini'
import { idSchema } from './ids.ts'

export const FinishReason = z.enum(['stop', 'length', 'content_filter', 'tool_calls', 'other'])
export type FinishReason = z.infer<typeof FinishReason>

/** A model as a message remembers it, also after the model is gone. */
export const ModelName = z.object({ id: idSchema('model'), name: z.string(), label: z.string() })
export type ModelName = z.infer<typeof ModelName>

export const ToolHit = z.object({
  n: z.int(),
  title: z.string(),
  url: z.string(),
  snippet: z.string(),
  publishedAt: z.optional(z.string()),
})
export type ToolHit = z.infer<typeof ToolHit>

const TextPart = z.object({ type: z.literal('text'), text: z.string() })
const ReasoningPart = z.object({
  type: z.literal('reasoning'),
  text: z.string(),
  /** Null while the part is open. */
  durationMs: z.nullable(z.int()),
})
const ToolPart = z.object({
  type: z.literal('tool'),
  callId: z.string(),
  name: z.string(),
  input: z.optional(z.unknown()),
  stage: z.enum(['start', 'result', 'error']),
  hits: z.optional(z.array(ToolHit)),
  summary: z.optional(z.string()),
  error: z.optional(z.string()),
  startedAt: z.int(),
  endedAt: z.nullable(z.int()),
})
const AttachmentPart = z.object({
  type: z.literal('attachment'),
  attachmentId: idSchema('attachment'),
  mediaType: z.string(),
  bytes: z.int(),
  width: z.int(),
  height: z.int(),
  name: z.string(),
  url: z.string(),
})

export const Part = z.discriminatedUnion('type', [
  TextPart,
  ReasoningPart,
  ToolPart,
  AttachmentPart,
])
export type Part = z.infer<typeof Part>

/** A part as it is kept: where an image is read is decided whenever it is. */
export const StoredPart = z.discriminatedUnion('type', [
  TextPart,
  ReasoningPart,
  ToolPart,
  z.omit(AttachmentPart, { url: true }),
])
export type StoredPart = z.infer<typeof StoredPart>

export function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
}
