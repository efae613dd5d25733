import type { Message } from '#contract/message.ts'
import { textOf } from '#contract/parts.ts'
import type { MessageId } from './thread-state.ts'

/**
 * The oldest of `thread` that a prompt of `tokens` can have held, by the server's own counting
 * (system text and history together). Null when all of it fits, so that no line is drawn.
 */
export function contextStartOf(thread: readonly Message[], tokens: number): MessageId | null {
  let sum = 3
  let start: Message | null = null
  for (const message of thread.toReversed()) {
    sum += 4 + tokensOf(textOf(message.parts)) + tokensOf(message.role)
    if (start !== null && sum > tokens) return start.id
    start = message
  }
  return null
}

/** A quarter of a token for an ASCII character, a whole one for any other. */
function tokensOf(text: string): number {
  let ascii = 0
  let others = 0
  for (const character of text) {
    if (character < '\u0080') ascii++
    else others++
  }
  return Math.ceil(ascii / 4) + others
}
