import { promptTokens, tokensOf, tokensOfTurn } from '../chat/tokens.ts'
import type { Effort } from '../contract/reasoning.ts'
import type { ProviderRequest, ToolDefinition, Turn } from '../providers/provider.ts'
import type { ChatBody } from './chat-body.ts'
import type { Images } from './chat-images.ts'
import { chatOptions, refuseUntranslatable } from './chat-options.ts'
import { chatTools } from './chat-tools.ts'
import { chatTurns } from './chat-turns.ts'

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

/**
 * A chat completion as an adapter takes it. Refuses what cannot be translated, by its name; whether
 * the provider can do what is left, `requireSupported` asks.
 */
export function fromChat(body: ChatBody, model: ModelFacts, images: Images): ProviderRequest {
  refuseUntranslatable(body)
  const { system, turns } = chatTurns(body.messages, images)
  const { tools, toolChoice } = chatTools(body)
  const tokens = tokensOfPrompt(system, turns, tools)
  const effort = body.reasoning_effort ?? null
  return {
    model: model.rawId,
    baseModel: model.baseModel,
    system,
    turns,
    tools,
    outputTokensMax: body.max_completion_tokens ?? body.max_tokens ?? limitFor(model, tokens),
    contextWindow: model.contextWindow,
    promptTokens: tokens,
    temperature: body.temperature ?? null,
    reasoning: { enabled: effort !== 'none', effort, think: null },
    efforts: model.efforts,
    custom: null,
    options: { ...chatOptions(body), toolChoice },
  }
}

/** The room for an answer, where its limit is known and the call sets none. */
function limitFor({ outputTokens, contextWindow }: ModelFacts, tokens: number): number | null {
  return outputTokens === null
    ? null
    : Math.min(outputTokens, Math.max(256, contextWindow - tokens))
}

function tokensOfPrompt(
  system: string | null,
  turns: readonly Turn[],
  tools: readonly ToolDefinition[],
): number {
  const own = system === null ? 0 : tokensOfTurn('system', system)
  const defined = tools.length === 0 ? 0 : tokensOf(JSON.stringify(tools))
  return turns.reduce((sum, turn) => sum + weightOf(turn), promptTokens + own + defined)
}

function weightOf(turn: Turn): number {
  const images = turn.role === 'user' ? (turn.images?.length ?? 0) : 0
  const calls = turn.role === 'assistant' ? (turn.toolCalls ?? []) : []
  const called = calls.length === 0 ? 0 : tokensOf(JSON.stringify(calls))
  return tokensOfTurn(turn.role, turn.text, images) + called
}
