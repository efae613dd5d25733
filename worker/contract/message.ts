import * as z from 'zod/mini'
import { idSchema } from './ids.ts'
import { FinishReason, ModelName, Part } from './parts.ts'
import { Problem } from './problems.ts'
import { Metrics, Usage } from './usage.ts'

export const MessageState = z.discriminatedUnion('type', [
  z.object({ type: z.literal('pending') }),
  z.object({ type: z.literal('running') }),
  z.object({
    type: z.literal('complete'),
    reason: FinishReason,
    raw: z.nullable(z.string()),
  }),
  z.object({ type: z.literal('cancelled'), by: z.enum(['user', 'admin']) }),
  z.object({ type: z.literal('interrupted'), problem: Problem }),
  z.object({ type: z.literal('failed'), problem: Problem }),
])
export type MessageState = z.infer<typeof MessageState>

/** One turn of a conversation. Messages with the same parent are siblings; superseded ones left. */
export const Message = z.object({
  id: idSchema('message'),
  conversationId: idSchema('conversation'),
  parentId: z.nullable(idSchema('message')),
  role: z.enum(['user', 'assistant']),
  parts: z.array(Part),
  state: MessageState,
  model: z.nullable(ModelName),
  usage: z.nullable(Usage),
  metrics: z.nullable(Metrics),
  siblings: z.object({ index: z.int(), count: z.int(), ids: z.array(idSchema('message')) }),
  continuedFrom: z.nullable(idSchema('message')),
  supersededBy: z.nullable(idSchema('message')),
  trace: z.nullable(idSchema('trace')),
  createdAt: z.int(),
  updatedAt: z.int(),
})
export type Message = z.infer<typeof Message>

export function isRunning(state: MessageState): boolean {
  return state.type === 'pending' || state.type === 'running'
}

/** Whether a new reply may go on where this one stopped (product: continue). */
export function isContinuable({ role, state, parts }: Message): boolean {
  if (role !== 'assistant') return false
  const hasText = parts.some((part) => part.type === 'text' && part.text !== '')
  if (state.type === 'interrupted') return true
  return (
    hasText &&
    (state.type === 'cancelled' || (state.type === 'complete' && state.reason === 'length'))
  )
}
