import { withCustomBody } from './custom-request.ts'
import { knownModel } from './known-models.ts'
import { openAiGeneration } from './model-family.ts'
import type { Fields } from './narrow.ts'
import { joinNeighbours } from './join-neighbours.ts'
import type {
  CallOptions,
  PromptImage,
  ProviderRequest,
  ResponseFormat,
  ToolDefinition,
  Turn,
} from './provider.ts'
import { effortSent, reasoningFields } from './reasoning-request.ts'
import { userParts } from './user-parts.ts'
import type { Dialect } from './vendors.ts'

/** The body of a chat completion in the connection's dialect. */
export function chatBody(request: ProviderRequest, dialect: Dialect, isStreamed: boolean): Fields {
  const generation = dialect.openAiModels ? openAiGeneration(request.model) : null
  const limit = generation ? 'max_completion_tokens' : 'max_tokens'
  const systemRole = generation ? 'developer' : 'system'
  const turns = dialect.alternates ? joinNeighbours(request.turns) : request.turns
  const body: Fields = {
    model: request.model,
    messages: [
      ...(request.system === null ? [] : [{ role: systemRole, content: request.system }]),
      ...turns.map(chatMessage),
    ],
    stream: isStreamed,
    ...reasoningFields(request, dialect),
  }
  if (request.tools.length > 0) body.tools = request.tools.map(strictTool)
  if (request.outputTokensMax !== null) body[limit] = request.outputTokensMax
  const samples = takesSampling(request, dialect)
  if (request.temperature !== null && samples) body.temperature = request.temperature
  if (request.options) Object.assign(body, optionFields(request.options, samples))
  return withCustomBody(body, request.custom)
}

function optionFields(options: CallOptions, samples: boolean): Fields {
  const { toolChoice, parallelToolCalls, responseFormat, stop, topP, seed } = options
  const { presencePenalty, frequencyPenalty } = options
  return {
    ...(toolChoice !== null && { tool_choice: choiceOf(toolChoice) }),
    ...(parallelToolCalls !== null && { parallel_tool_calls: parallelToolCalls }),
    ...(responseFormat && { response_format: formatOf(responseFormat) }),
    ...(stop.length > 0 && { stop }),
    ...(seed !== null && { seed }),
    ...(samples && topP !== null && { top_p: topP }),
    ...(samples && presencePenalty !== null && { presence_penalty: presencePenalty }),
    ...(samples && frequencyPenalty !== null && { frequency_penalty: frequencyPenalty }),
  }
}

function choiceOf(choice: NonNullable<CallOptions['toolChoice']>): unknown {
  if (typeof choice === 'string') return choice
  return { type: 'function', function: { name: choice.name } }
}

function formatOf(format: ResponseFormat): Fields {
  if (format.type === 'json_object') return { type: format.type }
  const { type, name, schema, strict } = format
  return { type, json_schema: { name, schema, strict } }
}

function strictTool({ strict, ...tool }: ToolDefinition): Fields {
  const { type, function: described } = chatTool(tool)
  return { type, function: { ...described, ...(strict !== undefined && { strict }) } }
}

/** Whether the model takes a temperature and the like. */
export function takesSampling(request: ProviderRequest, dialect: Dialect): boolean {
  if (knownModel(request.model)?.sampling === false) return false
  const generation = dialect.openAiModels ? openAiGeneration(request.model) : null
  if (!generation) return true
  const { major, minor } = generation
  return (major > 5 || (major === 5 && minor >= 1)) && effortSent(request) === 'none'
}

/** A turn as a chat message. A plain text stays a string: some servers know no parts. */
function chatMessage(turn: Turn): Fields {
  switch (turn.role) {
    case 'user': {
      if (!turn.images?.length) return { role: 'user', content: turn.text }
      const content = userParts(turn, 'text').map((part) =>
        part.type === 'text'
          ? part
          : { type: 'image_url', image_url: { url: dataUrl(part.image) } },
      )
      return { role: 'user', content }
    }
    case 'assistant': {
      const { text, toolCalls = [], carried = [] } = turn
      if (toolCalls.length === 0) return { role: 'assistant', content: text }
      return {
        role: 'assistant',
        content: text === '' ? null : text,
        ...Object.assign({}, ...carried),
        tool_calls: toolCalls.map(({ id, name, arguments: given }) => ({
          id,
          type: 'function',
          function: { name, arguments: given },
        })),
      }
    }
    case 'tool':
      return { role: 'tool', tool_call_id: turn.callId, content: turn.text }
    default:
      return turn satisfies never
  }
}

export function dataUrl({ mediaType, base64 }: PromptImage): string {
  return `data:${mediaType};base64,${base64}`
}

/** A tool as OpenAI and those who took after it describe one. */
export function chatTool({ name, description, parameters }: ToolDefinition): {
  type: 'function'
  function: Fields
} {
  return { type: 'function', function: { name, description, parameters } }
}
