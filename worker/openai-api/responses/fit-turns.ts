import type { ToolDefinition, Turn } from '../../providers/provider.ts'
import { tokensOfPrompt, weightOf } from '../provider-request.ts'

/** Left for the answer where the call sets no limit of its own. */
const answerTokens = 1_024

interface Prompt {
  system: string | null
  turns: readonly Turn[]
  tools: readonly ToolDefinition[]
  outputTokensMax: number | null
}

/**
 * The prompt without its oldest turns, as far as it has to be so that it fits into the model's window
 * by our count. It is cut before something a user said, and what was said last stays.
 */
export function fitTurns<P extends Prompt>(prompt: P, contextWindow: number): P {
  const { system, turns, tools, outputTokensMax } = prompt
  const room = contextWindow - Math.min(outputTokensMax ?? answerTokens, contextWindow / 2)
  const lastQuestion = turns.findLastIndex(({ role }) => role === 'user')
  let promptTokens = tokensOfPrompt(system, turns, tools)
  let from = 0
  for (let at = 0; at < lastQuestion && promptTokens > room;) {
    do promptTokens -= weightOf(turns[at++]!)
    while (at < lastQuestion && turns[at]!.role !== 'user')
    from = at
  }
  return from === 0 ? prompt : { ...prompt, turns: turns.slice(from) }
}
