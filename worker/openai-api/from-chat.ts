import { promptTokens, tokensOf, tokensOfTurn } from '../chat/tokens.ts'
import type { Effort } from '../contract/reasoning.ts'
import type {
  CallOptions,
  Provider,
  ProviderRequest,
  ResponseFormat,
  ToolDefinition,
  Turn,
} from '../providers/provider.ts'
import type { ChatBody, ChatTool } from './chat-body.ts'
import type { Images } from './chat-images.ts'
import { chatTurns } from './chat-turns.ts'
import { invalidField, unsupportedField } from './field-faults.ts'

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
  refuseOthers(body)
  const { system, turns } = chatTurns(body.messages, images)
  const tools = (body.tools ?? []).map(toolOf)
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
    options: optionsOf(body),
  }
}

/** The names of the options in a chat completion. */
const params: Record<keyof CallOptions, string> = {
  toolChoice: 'tool_choice',
  parallelToolCalls: 'parallel_tool_calls',
  responseFormat: 'response_format',
  stop: 'stop',
  topP: 'top_p',
  seed: 'seed',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
}

/** Refuses the option the provider cannot do for this request, by its name in a chat completion. */
export function requireSupported(provider: Provider, request: ProviderRequest): void {
  const option = provider.unsupported?.(request)
  if (option) throw unsupportedField(params[option])
}

function refuseOthers(body: ChatBody): void {
  if ((body.n ?? 1) > 1) throw unsupportedField('n')
  if (body.logprobs) throw unsupportedField('logprobs')
  if (body.top_logprobs) throw unsupportedField('top_logprobs')
}

function toolOf({ function: called }: ChatTool, index: number): ToolDefinition {
  if (!called) throw unsupportedField(`tools.${index}.type`)
  return {
    name: called.name,
    description: called.description ?? '',
    parameters: called.parameters ?? { type: 'object', properties: {} },
    ...(typeof called.strict === 'boolean' && { strict: called.strict }),
  }
}

function optionsOf(body: ChatBody): CallOptions {
  const { stop } = body
  return {
    toolChoice: choiceOf(body),
    parallelToolCalls: body.parallel_tool_calls ?? null,
    responseFormat: formatOf(body.response_format),
    stop: typeof stop === 'string' ? [stop] : (stop ?? []),
    topP: body.top_p ?? null,
    seed: body.seed ?? null,
    presencePenalty: body.presence_penalty ?? null,
    frequencyPenalty: body.frequency_penalty ?? null,
  }
}

function choiceOf({ tool_choice: choice, tools }: ChatBody): CallOptions['toolChoice'] {
  if (typeof choice === 'string' || !choice) return choice ?? null
  if (choice.type !== 'function') throw unsupportedField('tool_choice')
  const { name } = choice.function
  if (tools?.some((tool) => tool.function?.name === name)) return { name }
  const message = `Invalid value: tool '${name}' not found in 'tools'.`
  throw invalidField('tool_choice.function.name', message)
}

function formatOf(format: ChatBody['response_format']): ResponseFormat | null {
  if (!format || format.type === 'text') return null
  if (format.type === 'json_object') return { type: 'json_object' }
  const { name, schema = {}, strict } = format.json_schema
  return { type: 'json_schema', name, schema, strict: strict ?? false }
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
