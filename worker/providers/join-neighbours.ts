import type { Turn } from './provider.ts'
import { userParts } from './user-parts.ts'

/**
 * The same turns with neighbours of one role joined by a blank line, for APIs and chat templates that
 * demand alternation. What belongs to tool calls stays as it is.
 */
export function joinNeighbours(turns: readonly Turn[]): Turn[] {
  const joined: Turn[] = []
  for (const turn of turns) {
    const last = joined.at(-1)
    const together = last && joinedWith(last, turn)
    if (together) joined[joined.length - 1] = together
    else joined.push(turn)
  }
  return joined
}

function joinedWith(last: Turn, turn: Turn): Turn | null {
  const text = [last.text, turn.text].filter((part) => part !== '').join('\n\n')
  if (last.role === 'user' && turn.role === 'user') {
    const images = [...(last.images ?? []), ...(turn.images ?? [])]
    const isOrdered = last.parts !== undefined || turn.parts !== undefined
    const parts = [...userParts(last, 'images'), ...userParts(turn, 'images')]
    return {
      role: 'user',
      text,
      ...(images.length > 0 && { images }),
      ...(isOrdered && { parts }),
    }
  }
  const isPlain = (each: Turn) => each.role === 'assistant' && !each.toolCalls?.length
  return isPlain(last) && isPlain(turn) ? { role: 'assistant', text } : null
}
