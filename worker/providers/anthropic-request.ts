import type { Effort } from '../contract/reasoning.ts'
import { withCustomBody } from './custom-request.ts'
import { joinNeighbours } from './join-neighbours.ts'
import { jsonObjectOf } from './json-arguments.ts'
import { knownModel } from './known-models.ts'
import { fieldsOf, type Fields } from './narrow.ts'
import type {
  CallOptions,
  PromptImage,
  ProviderRequest,
  ToolCall,
  ToolDefinition,
  Turn,
} from './provider.ts'
import { effortSent } from './reasoning-request.ts'
import { demandsCall } from './tool-choice.ts'
import { userParts } from './user-parts.ts'

/** This API wants a limit from everybody. */
const outputTokensDefault = 8_192
/** What an answer keeps of its limit beside the thinking, and the least a budget may be. */
const answerTokens = 1_024
const budgetMin = 1_024

const budgets: Record<Exclude<Effort, 'none'>, number> = {
  minimal: 1_024,
  low: 2_048,
  medium: 8_192,
  high: 16_384,
  xhigh: 32_768,
  max: 32_768,
}

/** The body of a message to be answered. */
export function messagesBody(request: ProviderRequest, isStreamed: boolean): Fields {
  const { model, system, turns, tools, temperature, options } = request
  const limit = request.outputTokensMax ?? outputTokensDefault
  const thinking = thinkingFields(request, limit)
  const body: Fields = {
    model,
    max_tokens: limit,
    messages: messagesOf(turns),
    stream: isStreamed,
    ...thinking,
  }
  if (system) body.system = system
  if (tools.length > 0) body.tools = tools.map((tool) => messagesTool(tool, takesSchemas(model)))
  if (takesSampling(model, thinking)) {
    // Others count up to 2, this API refuses more than 1.
    if (temperature !== null) body.temperature = Math.min(1, temperature)
    // Newer models take one of the two only.
    else if (options && options.topP !== null) body.top_p = options.topP
  }
  if (options) Object.assign(body, optionFields(request, options, thinking))
  return withCustomBody(body, request.custom)
}

function optionFields({ tools }: ProviderRequest, options: CallOptions, thinking: Fields): Fields {
  const { toolChoice, parallelToolCalls, responseFormat, stop } = options
  const asksForChoice = toolChoice !== null || parallelToolCalls === false
  return {
    ...(tools.length > 0 &&
      asksForChoice && { tool_choice: choiceOf(toolChoice ?? 'auto', parallelToolCalls) }),
    ...(stop.length > 0 && { stop_sequences: stop }),
    ...(responseFormat?.type === 'json_schema' && {
      output_config: {
        ...fieldsOf(thinking.output_config),
        format: { type: 'json_schema', schema: responseFormat.schema },
      },
    }),
  }
}

function choiceOf(
  choice: NonNullable<CallOptions['toolChoice']>,
  parallelToolCalls: boolean | null,
): Fields {
  const alone = parallelToolCalls === false && { disable_parallel_tool_use: true }
  if (typeof choice === 'object') return { type: 'tool', name: choice.name, ...alone }
  if (choice === 'none') return { type: 'none' }
  return { type: choice === 'required' ? 'any' : 'auto', ...alone }
}

/**
 * An answer in a schema is there for newer models, in any JSON for none; and a reply cannot be stopped
 * at blanks.
 */
export function unsupportedByAnthropic({
  model,
  options,
}: ProviderRequest): keyof CallOptions | null {
  const format = options?.responseFormat
  if (format && (format.type !== 'json_schema' || !takesSchemas(model))) return 'responseFormat'
  return options?.stop.some((text) => text.trim() === '') ? 'stop' : null
}

function takesSchemas(model: string): boolean {
  return knownModel(model)?.schemas !== false
}

function takesSampling(model: string, { thinking }: Fields): boolean {
  if (knownModel(model)?.sampling === false) return false
  return thinking === undefined || fieldsOf(thinking)?.type === 'disabled'
}

function thinkingFields(request: ProviderRequest, limit: number): Fields {
  const { model } = request
  const { effort: wanted } = request.reasoning
  // A model that has to call a tool may not think first.
  const reasoning =
    wanted !== null && demandsCall(request)
      ? { ...request.reasoning, enabled: false }
      : request.reasoning
  const known = knownModel(model)
  const efforts = request.efforts ?? known?.efforts ?? null
  // A model that was given levels by hand is a newer one than the table has.
  const way = known?.thinking ?? (efforts?.length ? 'adaptive' : null)
  if (way === 'adaptive') return adaptiveFields({ reasoning, efforts })
  if (hasLostThinking(request.turns)) return {}
  const effort = effortSent({ reasoning, efforts })
  if (way === null || effort === null || effort === 'none') return {}
  const budget = Math.min(budgets[effort], limit - answerTokens)
  return budget < budgetMin ? {} : { thinking: { type: 'enabled', budget_tokens: budget } }
}

/**
 * Whether the calls that were just answered came without the thinking before them: programs that
 * speak another dialect do not keep it, and a model that thinks on a budget refuses to go on then.
 */
function hasLostThinking(turns: readonly Turn[]): boolean {
  const asked = turns.findLastIndex(({ role }) => role === 'user')
  const calling = turns
    .slice(asked + 1)
    .find((turn) => turn.role === 'assistant' && turn.toolCalls?.length)
  return calling?.role === 'assistant' && !calling.carried?.some(isThinking)
}

function adaptiveFields(asked: Pick<ProviderRequest, 'reasoning' | 'efforts'>): Fields {
  const { enabled, effort } = asked.reasoning
  if (!enabled || effort === 'none') return { thinking: { type: 'disabled' } }
  if (effort === null) return {}
  const sent = effortSent(asked)
  return {
    thinking: { type: 'adaptive', display: 'summarized' },
    ...(sent !== null && sent !== 'none' && { output_config: { effort: sent } }),
  }
}

interface Message {
  role: 'user' | 'assistant'
  content: string | Fields[]
}

/** The turns as messages whose roles alternate: what tools answered is the user's to say. */
function messagesOf(turns: readonly Turn[]): Message[] {
  const messages: Message[] = []
  for (const turn of joinNeighbours(turns)) {
    const role = turn.role === 'assistant' ? 'assistant' : 'user'
    const content = contentOf(turn)
    const last = messages.at(-1)
    if (content.length === 0) continue
    if (last?.role === role) last.content = [...blocksOf(last.content), ...blocksOf(content)]
    else messages.push({ role, content })
  }
  return messages
}

/** What a message holds as blocks. A blank text is refused as a block, so it is none. */
function blocksOf(content: string | Fields[]): Fields[] {
  if (typeof content !== 'string') return content
  return content.trim() === '' ? [] : [{ type: 'text', text: content }]
}

function contentOf(turn: Turn): string | Fields[] {
  switch (turn.role) {
    case 'user': {
      if (!turn.images?.length) return turn.text
      return userParts(turn, 'images').flatMap((part) =>
        part.type === 'text' ? blocksOf(part.text) : [imageBlock(part.image)],
      )
    }
    case 'assistant': {
      const { text, toolCalls = [], carried = [] } = turn
      if (toolCalls.length === 0) return text
      return [...carried.filter(isThinking), ...blocksOf(text), ...toolCalls.map(callBlock)]
    }
    case 'tool': {
      const { callId, text, isError } = turn
      const result = { type: 'tool_result', tool_use_id: callId, content: text }
      return [isError ? { ...result, is_error: true } : result]
    }
    default:
      return turn satisfies never
  }
}

function isThinking(carried: unknown): carried is Fields {
  return ['thinking', 'redacted_thinking'].includes(String(fieldsOf(carried)?.type))
}

function imageBlock({ mediaType, base64 }: PromptImage): Fields {
  return { type: 'image', source: { type: 'base64', media_type: mediaType, data: base64 } }
}

function callBlock({ id, name, arguments: given }: ToolCall): Fields {
  return { type: 'tool_use', id, name, input: jsonObjectOf(given) }
}

function messagesTool(tool: ToolDefinition, takesStrict: boolean): Fields {
  const { name, description, parameters, strict } = tool
  return {
    name,
    ...(description !== '' && { description }),
    input_schema: parameters,
    ...(strict && takesStrict && { strict }),
  }
}
