import type { GenerationEvent } from './generation-events.ts'
import type { Message, MessageState } from './message.ts'
import type { Part } from './parts.ts'

/**
 * The message after `event`. Pure: the generation object folds with it to write the final row, the
 * page folds with it to paint, and both arrive at the same message.
 */
export function applyEvent(message: Message, event: GenerationEvent): Message {
  switch (event.type) {
    case 'start':
      return {
        ...message,
        model: event.model,
        continuedFrom: event.continuedFrom ?? null,
        state: { type: 'running' },
      }
    case 'content':
      return { ...message, parts: addText(message.parts, event.content) }
    case 'reasoning':
      return { ...message, parts: addReasoning(message.parts, event) }
    case 'tool':
      return { ...message, parts: addTool(message.parts, event) }
    case 'usage':
      return event.phase === 'final' ? { ...message, usage: event.usage } : message
    case 'quota':
      return message
    case 'stop':
      // Not terminal yet: `complete` may still be preceded by usage, so only the reason is kept.
      return { ...message, state: { type: 'complete', reason: event.reason, raw: event.raw } }
    case 'complete':
    case 'cancelled':
    case 'error':
      return (
        event.message ?? { ...message, state: endState(message, event), metrics: event.metrics }
      )
    default:
      return event satisfies never
  }
}

function endState(
  { state }: Message,
  event: Extract<GenerationEvent, { type: 'complete' | 'cancelled' | 'error' }>,
): MessageState {
  switch (event.type) {
    case 'complete':
      return state.type === 'complete' ? state : { type: 'complete', reason: 'other', raw: null }
    case 'cancelled':
      return { type: 'cancelled', by: event.by }
    case 'error':
      return event.problem['continuable'] === true
        ? { type: 'interrupted', problem: event.problem }
        : { type: 'failed', problem: event.problem }
    default:
      return event satisfies never
  }
}

function addText(parts: Part[], text: string): Part[] {
  if (text === '') return parts
  const last = parts.at(-1)
  if (last?.type !== 'text') return [...parts, { type: 'text', text }]
  return [...parts.slice(0, -1), { type: 'text', text: last.text + text }]
}

function addReasoning(
  parts: Part[],
  { content, done, durationMs }: Extract<GenerationEvent, { type: 'reasoning' }>,
): Part[] {
  const last = parts.at(-1)
  const open = last?.type === 'reasoning' && last.durationMs === null ? last : null
  // A carried part arrives whole, its duration in the same event.
  const closed = durationMs ?? (done ? 0 : null)
  const text = content ?? ''
  if (open) return [...parts.slice(0, -1), { ...open, text: open.text + text, durationMs: closed }]
  if (text === '') return parts
  return [...parts, { type: 'reasoning', text, durationMs: closed }]
}

function addTool(parts: Part[], event: Extract<GenerationEvent, { type: 'tool' }>): Part[] {
  const { callId, name, stage, at } = event
  const outcome = {
    stage,
    ...(event.input !== undefined && { input: event.input }),
    ...(event.hits && { hits: event.hits }),
    ...(event.summary !== undefined && { summary: event.summary }),
    ...(event.error !== undefined && { error: event.error }),
    endedAt: stage === 'start' ? null : at,
  }
  const known = parts.some((part) => part.type === 'tool' && part.callId === callId)
  if (known) {
    return parts.map((part) =>
      part.type === 'tool' && part.callId === callId ? { ...part, ...outcome } : part,
    )
  }
  return [...parts, { type: 'tool', callId, name, startedAt: at, ...outcome }]
}
