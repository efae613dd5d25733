import type { GenerationEvent } from '../contract/generation-events.ts'
import type { Part } from '../contract/parts.ts'
import type { GenerationOrder } from './generation-order.ts'

/** One stored event holds at most this much text, so that no row nears the 2 MB it may have. */
const carriedCharactersMax = 200_000

/** The first events of a log, before anything is asked of the provider. */
export function openingEvents(order: GenerationOrder): GenerationEvent[] {
  const { replyId, messageId, conversationId, model, contextWindow, continuedFrom } = order
  const events: GenerationEvent[] = [
    {
      type: 'start',
      replyId,
      messageId,
      conversationId,
      model,
      contextWindow,
      ...(continuedFrom && { continuedFrom }),
      at: order.acceptedAt,
    },
    { type: 'quota', quota: order.quota },
  ]
  if (order.emitUsage) {
    events.push({
      type: 'usage',
      phase: 'prompt',
      usage: {
        inputTokens: order.promptTokens,
        outputTokens: null,
        reasoningTokens: null,
        cachedTokens: null,
        totalTokens: null,
        source: 'estimate',
      },
      context: { tokens: order.promptTokens, tokensMax: contextWindow },
    })
  }
  return [...events, ...order.carried.flatMap(carriedEvents)]
}

function carriedEvents(part: Part): GenerationEvent[] {
  switch (part.type) {
    case 'text':
      return pieces(part.text).map((content) => ({ type: 'content', content, carried: true }))
    case 'reasoning': {
      const texts = pieces(part.text)
      return texts.map((content, index) => ({
        type: 'reasoning',
        content,
        carried: true,
        ...(index === texts.length - 1 && { done: true, durationMs: part.durationMs ?? 0 }),
      }))
    }
    case 'tool': {
      const { callId, name, stage, input, hits, summary, error, startedAt, endedAt } = part
      return [
        {
          type: 'tool',
          callId,
          name,
          stage,
          at: endedAt ?? startedAt,
          carried: true,
          ...(input !== undefined && { input }),
          ...(hits && { hits }),
          ...(summary !== undefined && { summary }),
          ...(error !== undefined && { error }),
          ...(endedAt !== null && { durationMs: endedAt - startedAt }),
        },
      ]
    }
    case 'attachment':
      return []
    default:
      return part satisfies never
  }
}

function pieces(text: string): string[] {
  const out: string[] = []
  for (let at = 0; at < text.length; at += carriedCharactersMax) {
    out.push(text.slice(at, at + carriedCharactersMax))
  }
  return out
}
