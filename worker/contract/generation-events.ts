import * as z from 'zod/mini'
import { idSchema } from './ids.ts'
import { Message } from './message.ts'
import { Problem } from './problems.ts'
import { Quota } from './quotas.ts'
import { Metrics, Usage } from './usage.ts'
import { FinishReason, ModelName, ToolHit } from './parts.ts'

export const ContextFill = z.object({ tokens: z.int(), tokensMax: z.int() })

/**
 * What happens while a reply is written, as logged by the generation object, sent over SSE and
 * folded by both sides: there is no second format to keep in step. A terminal event served after
 * its log was deleted carries the whole `message`.
 */
export const GenerationEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    replyId: idSchema('message'),
    messageId: idSchema('message'),
    conversationId: idSchema('conversation'),
    model: ModelName,
    contextWindow: z.int(),
    continuedFrom: z.optional(idSchema('message')),
    at: z.int(),
  }),
  z.object({ type: z.literal('quota'), quota: Quota }),
  z.object({
    type: z.literal('usage'),
    phase: z.enum(['prompt', 'final']),
    usage: Usage,
    context: ContextFill,
  }),
  z.object({
    type: z.literal('reasoning'),
    content: z.optional(z.string()),
    carried: z.optional(z.boolean()),
    done: z.optional(z.boolean()),
    durationMs: z.optional(z.int()),
  }),
  z.object({
    type: z.literal('content'),
    content: z.string(),
    carried: z.optional(z.boolean()),
  }),
  z.object({
    type: z.literal('tool'),
    callId: z.string(),
    name: z.string(),
    stage: z.enum(['start', 'result', 'error']),
    input: z.optional(z.unknown()),
    hits: z.optional(z.array(ToolHit)),
    summary: z.optional(z.string()),
    error: z.optional(z.string()),
    durationMs: z.optional(z.int()),
    at: z.int(),
    carried: z.optional(z.boolean()),
  }),
  z.object({ type: z.literal('stop'), reason: FinishReason, raw: z.nullable(z.string()) }),
  z.object({
    type: z.literal('complete'),
    metrics: Metrics,
    message: z.optional(Message),
  }),
  z.object({
    type: z.literal('cancelled'),
    by: z.enum(['user', 'admin']),
    metrics: Metrics,
    message: z.optional(Message),
  }),
  z.object({
    type: z.literal('error'),
    problem: Problem,
    metrics: Metrics,
    message: z.optional(Message),
  }),
])
export type GenerationEvent = z.infer<typeof GenerationEvent>
export type TerminalEvent = Extract<GenerationEvent, { type: 'complete' | 'cancelled' | 'error' }>

/** An event at its place in a generation's log. `seq` counts from 1 and is the SSE id. */
export interface LoggedEvent {
  seq: number
  event: GenerationEvent
}

/** A sign of life during silence. It has no seq, is never stored and never folded. */
export const Keepalive = z.object({
  type: z.literal('keepalive'),
  phase: z.enum(['queued', 'waiting', 'retrying', 'streaming', 'tool', 'fallback', 'finishing']),
  idleMs: z.int(),
  retryAt: z.optional(z.int()),
  cause: z.optional(z.string()),
})
export type Keepalive = z.infer<typeof Keepalive>
export type Phase = Keepalive['phase']

export function isTerminal(event: GenerationEvent): event is TerminalEvent {
  return event.type === 'complete' || event.type === 'cancelled' || event.type === 'error'
}

/** Whether `event` is added text that may be merged with a neighbour of its kind. */
export function isDelta(
  event: GenerationEvent,
): event is Extract<GenerationEvent, { type: 'content' | 'reasoning' }> {
  return event.type === 'content' || (event.type === 'reasoning' && event.content !== undefined)
}

/** Whether `event` shows something of this run; carried events belong to the continued reply. */
export function isProduced(event: GenerationEvent): boolean {
  if (event.type === 'content') return !event.carried && event.content !== ''
  if (event.type === 'reasoning') return !event.carried && (event.content ?? '') !== ''
  return event.type === 'tool' && !event.carried
}

/**
 * Joins two neighbouring deltas when one would do, else null. Folding the joined event gives the
 * same message as folding both, so the log may merge freely to keep its rows few.
 */
export function coalesce(a: GenerationEvent, b: GenerationEvent): GenerationEvent | null {
  if (a.type === 'content' && b.type === 'content' && a.carried === b.carried) {
    return { ...a, content: a.content + b.content }
  }
  if (a.type !== 'reasoning' || b.type !== 'reasoning' || a.carried !== b.carried) return null
  // What closes a part may not be joined with what follows it, nor be overtaken.
  if (a.content === undefined || b.content === undefined || a.done || b.done) return null
  return { ...a, content: a.content + b.content }
}
