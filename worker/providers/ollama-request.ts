import { withCustomBody } from './custom-request.ts'
import { jsonObjectOf } from './json-arguments.ts'
import { modelNameOf } from './model-family.ts'
import { fieldsOf, type Fields } from './narrow.ts'
import { chatTool } from './openai-request.ts'
import type { CallOptions, ProviderConnection, ProviderRequest, Turn } from './provider.ts'
import { demandsCall } from './tool-choice.ts'

type Level = 'low' | 'medium' | 'high'

/** The smallest context worth loading a model with; larger ones are its doubles. */
const contextStep = 8_192
const outputTokensUnknown = 4_096

/** The body of a chat with Ollama. A sender's own `options` are laid over those chosen here. */
export function ollamaBody(
  request: ProviderRequest,
  { numCtx }: Pick<ProviderConnection, 'numCtx'>,
  isStreamed: boolean,
): Fields {
  const { model, system, turns, outputTokensMax, temperature, custom } = request
  const think = thinkOf(request)
  // There is no other way to forbid their use.
  const tools = request.options?.toolChoice === 'none' ? [] : request.tools
  const format = request.options?.responseFormat
  const body: Fields = {
    model,
    messages: [
      ...(system === null ? [] : [{ role: 'system', content: system }]),
      ...turns.map(ollamaMessage),
    ],
    // Ollama streams unless told not to.
    stream: isStreamed,
    ...(think !== null && { think }),
    ...(tools.length > 0 && { tools: tools.map(chatTool) }),
    ...(format && { format: format.type === 'json_schema' ? format.schema : 'json' }),
  }
  const options = {
    num_ctx: numCtx ?? contextFor(request),
    ...(outputTokensMax !== null && { num_predict: outputTokensMax }),
    ...(temperature !== null && { temperature }),
    ...samplingOf(request.options),
    ...fieldsOf(custom?.body?.options),
  }
  return { ...withCustomBody(body, custom), options }
}

function samplingOf(options: CallOptions | undefined): Fields {
  if (!options) return {}
  const { stop, topP, seed, presencePenalty, frequencyPenalty } = options
  return {
    ...(stop.length > 0 && { stop }),
    ...(topP !== null && { top_p: topP }),
    ...(seed !== null && { seed }),
    ...(presencePenalty !== null && { presence_penalty: presencePenalty }),
    ...(frequencyPenalty !== null && { frequency_penalty: frequencyPenalty }),
  }
}

/** A call cannot be demanded here: whoever relies on one would get a text instead. */
export function unsupportedByOllama(request: ProviderRequest): keyof CallOptions | null {
  return demandsCall(request) ? 'toolChoice' : null
}

/**
 * How much context to load the model with: in a few sizes only, because every change of size makes
 * Ollama load it again.
 */
function contextFor({ promptTokens, contextWindow, outputTokensMax }: ProviderRequest): number {
  const reserve = Math.min(
    outputTokensMax ?? outputTokensUnknown,
    Math.max(1_024, Math.floor(contextWindow / 4)),
  )
  let size = contextStep
  while (size < promptTokens + reserve && size < contextWindow) size *= 2
  return Math.min(size, contextWindow)
}

/** What is asked about thinking; null says nothing. Only gpt-oss tells levels apart, and always thinks. */
function thinkOf({ model, reasoning }: ProviderRequest): boolean | Level | null {
  const hasLevels = modelNameOf(model).startsWith('gpt-oss')
  if (!reasoning.enabled) return hasLevels ? null : false
  const wanted = reasoning.think ?? reasoning.effort
  switch (wanted) {
    case null:
      return null
    case 'on':
      return true
    case 'off':
    case 'none':
      return hasLevels ? 'low' : false
    case 'minimal':
    case 'low':
      return hasLevels ? 'low' : true
    case 'medium':
      return hasLevels ? 'medium' : true
    case 'high':
    case 'xhigh':
    case 'max':
      return hasLevels ? 'high' : true
    default:
      return wanted satisfies never
  }
}

function ollamaMessage(turn: Turn): Fields {
  switch (turn.role) {
    case 'user': {
      const { text, images = [] } = turn
      return {
        role: 'user',
        content: text,
        ...(images.length > 0 && { images: images.map(({ base64 }) => base64) }),
      }
    }
    case 'assistant': {
      const { text, toolCalls = [], carried = [] } = turn
      if (toolCalls.length === 0) return { role: 'assistant', content: text }
      return {
        role: 'assistant',
        content: text,
        ...Object.assign({}, ...carried),
        tool_calls: toolCalls.map(({ id, name, arguments: given }) => ({
          id,
          function: { name, arguments: jsonObjectOf(given) },
        })),
      }
    }
    case 'tool':
      return {
        role: 'tool',
        tool_name: turn.name,
        tool_call_id: turn.callId,
        content: turn.text,
      }
    default:
      return turn satisfies never
  }
}
