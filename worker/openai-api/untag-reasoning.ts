import type { ProviderEvent } from '../providers/provider.ts'
import { createTagSplitter, type TagPair, type TagPiece } from '../providers/reasoning-tags.ts'

/** The events of a reply with what stands between tags of reasoning as the reasoning it is. */
export async function* untagged(
  events: AsyncIterable<ProviderEvent>,
  pairs: readonly TagPair[],
): AsyncGenerator<ProviderEvent> {
  if (pairs.length === 0) return yield* events
  const splitter = createTagSplitter(pairs)
  let hasEnded = false
  for await (const event of events) {
    if (event.type === 'content') {
      for (const piece of splitter.push(event.content)) yield eventOf(piece)
      continue
    }
    if (!hasEnded && (event.type === 'tool-call' || event.type === 'stop')) {
      hasEnded = true
      for (const piece of splitter.end()) yield eventOf(piece)
    }
    yield event
  }
}

function eventOf({ type, text }: TagPiece): ProviderEvent {
  return { type: type === 'text' ? 'content' : 'reasoning', content: text }
}
