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

function tokensOf(text: string): number {
  // oxlint-disable-next-line no-control-regex -- the whole of ASCII is meant
  const ascii = text.replace(/[^\x00-\x7f]/gu, '').length
  return Math.ceil(ascii / 4) + Array.from(text.replace(/[\x00-\x7f]/g, '')).length
}
