import type { Effort } from '../contract/reasoning.ts'
import { withCustomBody } from './custom-request.ts'
import { joinNeighbours } from './join-neighbours.ts'
import { jsonObjectOf } from './json-arguments.ts'
import { knownModel } from './known-models.ts'
import { fieldsOf, type Fields } from './narrow.ts'
import type { PromptImage, ProviderRequest, ToolCall, ToolDefinition, Turn } from './provider.ts'
import { effortSent } from './reasoning-request.ts'

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
  const limit = request.outputTokensMax ?? outputTokensDefault
  const thinking = thinkingFields(request, limit)
  const body: Fields = {
    model: request.model,
    max_tokens: limit,
    messages: messagesOf(request.turns),
    stream: isStreamed,
    ...thinking,
  }
  if (request.system) body.system = request.system
  if (request.tools.length > 0) body.tools = request.tools.map(messagesTool)
  if (request.temperature !== null && takesSampling(request.model, thinking)) {
    // Others count up to 2, this API refuses more than 1.
    body.temperature = Math.min(1, request.temperature)
  }
  return withCustomBody(body, request.custom)
}

function takesSampling(model: string, { thinking }: Fields): boolean {
  if (knownModel(model)?.sampling === false) return false
  return thinking === undefined || fieldsOf(thinking)?.type === 'disabled'
}

function thinkingFields(request: ProviderRequest, limit: number): Fields {
  const { model, reasoning } = request
  const known = knownModel(model)
  const efforts = request.efforts ?? known?.efforts ?? null
  // A model that was given levels by hand is a newer one than the table has.
  const way = known?.thinking ?? (efforts?.length ? 'adaptive' : null)
  if (way === 'adaptive') return adaptiveFields({ reasoning, efforts })
  const effort = effortSent({ reasoning, efforts })
  if (way === null || effort === null || effort === 'none') return {}
  const budget = Math.min(budgets[effort], limit - answerTokens)
  return budget < budgetMin ? {} : { thinking: { type: 'enabled', budget_tokens: budget } }
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
      const { text, images = [] } = turn
      return images.length === 0 ? text : [...images.map(imageBlock), ...blocksOf(text)]
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

function messagesTool({ name, description, parameters }: ToolDefinition): Fields {
  return { name, description, input_schema: parameters }
}
