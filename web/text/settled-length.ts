import type { Token, Tokens } from 'marked'
import { isClosedFence } from './fence.ts'

/**
 * How much of the start of `source`, of which `tokens` are the blocks, no later text can change:
 * all before the last block that begins after a blank line, or after a block that closes itself,
 * and whose first line is whole (an unfinished one might still belong to the block before).
 */
export function settledLength(tokens: readonly Token[], source: string): number {
  let settled = 0
  let start = 0
  let previous: Token | null = null
  let isPreviousFirm = true
  for (const token of tokens) {
    if (token.type !== 'space') {
      const isFirm: boolean =
        previous === null ||
        isAfterBlankLine(source, start) ||
        (isPreviousFirm && closesItself(previous))
      if (isFirm && source.includes('\n', start)) settled = start
      isPreviousFirm = isFirm
      previous = token
    }
    start += token.raw.length
  }
  // marked's pieces are the source cut in order; anything else is not worth trusting.
  return start === source.length ? settled : 0
}

function isAfterBlankLine(source: string, start: number): boolean {
  return /(?:^|\n)[ \t]*\n$/.test(source.slice(Math.max(0, start - 200), start))
}

function closesItself(token: Token): boolean {
  if (token.type === 'heading' || token.type === 'hr') return true
  if (token.type === 'math-block') return (token as Tokens.Generic)['open'] === false
  return token.type === 'code' && isClosedFence(token.raw)
}
