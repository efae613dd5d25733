import { promptTokens, tokensOf, tokensOfTurn } from '../chat/tokens.ts'
import type { Effort } from '../contract/reasoning.ts'
import type { CallOptions, ProviderRequest, ToolDefinition, Turn } from '../providers/provider.ts'

/** What is known of the model a call names. */
export interface ModelFacts {
  /** The provider's own id. */
  rawId: string
  baseModel: string | null
  contextWindow: number
  /** Its completion limit; null when nobody knows it. */
  outputTokens: number | null
  efforts: readonly Effort[] | null
}

/** What a call says, in whichever way it was said. */
export interface Asked {
  system: string | null
  turns: readonly Turn[]
  tools: readonly ToolDefinition[]
  /** Null where the call sets none. */
  outputTokensMax: number | null
  temperature: number | null
  effort: Effort | null
  options: CallOptions
}

/** A call as an adapter takes it. */
export function requestFor(model: ModelFacts, asked: Asked): ProviderRequest {
  const { system, turns, tools, effort } = asked
  const tokens = tokensOfPrompt(system, turns, tools)
  return {
    model: model.rawId,
    baseModel: model.baseModel,
    system,
    turns,
    tools,
    outputTokensMax: asked.outputTokensMax ?? limitFor(model, tokens),
    contextWindow: model.contextWindow,
    promptTokens: tokens,
    temperature: asked.temperature,
    reasoning: { enabled: effort !== 'none', effort, think: null },
    efforts: model.efforts,
    custom: null,
    options: asked.options,
  }
}

/** The room for an answer, where its limit is known and the call sets none. */
function limitFor({ outputTokens, contextWindow }: ModelFacts, tokens: number): number | null {
  return outputTokens === null
    ? null
    : Math.min(outputTokens, Math.max(256, contextWindow - tokens))
}

/** About what a prompt takes. */
export function tokensOfPrompt(
  system: string | null,
  turns: readonly Turn[],
  tools: readonly ToolDefinition[],
): number {
  const own = system === null ? 0 : tokensOfTurn('system', system)
  const defined = tools.length === 0 ? 0 : tokensOf(JSON.stringify(tools))
  return turns.reduce((sum, turn) => sum + weightOf(turn), promptTokens + own + defined)
}

export function weightOf(turn: Turn): number {
  const images = turn.role === 'user' ? (turn.images?.length ?? 0) : 0
  const calls = turn.role === 'assistant' ? (turn.toolCalls ?? []) : []
  const called = calls.length === 0 ? 0 : tokensOf(JSON.stringify(calls))
  return tokensOfTurn(turn.role, turn.text, images) + called
}
