import type { ProviderRequest } from '../../providers/provider.ts'
import { weightOf } from '../provider-request.ts'

/** Left for the answer where the call sets no limit of its own. */
const answerTokens = 1_024

/**
 * The request without its oldest turns, as far as it has to be so that it fits into the model's
 * window by our count. It is cut before something a user said, and what was said last stays.
 */
export function fitTurns(request: ProviderRequest): ProviderRequest {
  const { contextWindow, outputTokensMax, turns } = request
  const room = contextWindow - Math.min(outputTokensMax ?? answerTokens, contextWindow / 2)
  const lastQuestion = turns.findLastIndex(({ role }) => role === 'user')
  let promptTokens = request.promptTokens
  let from = 0
  for (let at = 0; at < lastQuestion && promptTokens > room;) {
    do promptTokens -= weightOf(turns[at++]!)
    while (at < lastQuestion && turns[at]!.role !== 'user')
    from = at
  }
  return from === 0 ? request : { ...request, turns: turns.slice(from), promptTokens }
}
