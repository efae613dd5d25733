import { withCustomBody } from './custom-request.ts'
import { joinNeighbours } from './join-neighbours.ts'
import { knownModel } from './known-models.ts'
import { openAiGeneration } from './model-family.ts'
import type { Fields } from './narrow.ts'
import { dataUrl, takesSampling } from './openai-request.ts'
import type { CallOptions, ProviderRequest, ToolDefinition, Turn } from './provider.ts'
import { effortSent } from './reasoning-request.ts'
import { userParts } from './user-parts.ts'
import type { Dialect } from './vendors.ts'

/** The body of a Responses call, which the provider is asked to keep nothing of. */
export function responsesBody(
  request: ProviderRequest,
  dialect: Dialect,
  isStreamed: boolean,
): Fields {
  const turns = dialect.alternates ? joinNeighbours(request.turns) : request.turns
  const effort = effortSent(request)
  const body: Fields = {
    model: request.model,
    input: turns.flatMap(inputItems),
    store: false,
    stream: isStreamed,
  }
  if (request.system !== null) body.instructions = request.system
  if (effort !== null) body.reasoning = { effort, summary: 'auto' }
  if (request.tools.length > 0) body.tools = request.tools.map(functionTool)
  // Of use inside a tool loop only, and an error for models that do not reason.
  if (request.tools.length > 0 && reasons(request)) body.include = ['reasoning.encrypted_content']
  if (request.outputTokensMax !== null) body.max_output_tokens = request.outputTokensMax
  const samples = takesSampling(request, dialect)
  if (request.temperature !== null && samples) body.temperature = request.temperature
  if (request.options) Object.assign(body, optionFields(request.options, samples))
  return withCustomBody(body, request.custom)
}

/** What there is of the options here; seed and penalties only tune an answer and are left out. */
function optionFields(options: CallOptions, samples: boolean): Fields {
  const { toolChoice, parallelToolCalls, responseFormat, topP } = options
  return {
    ...(toolChoice !== null && { tool_choice: choiceOf(toolChoice) }),
    ...(parallelToolCalls !== null && { parallel_tool_calls: parallelToolCalls }),
    ...(responseFormat && { text: { format: responseFormat } }),
    ...(samples && topP !== null && { top_p: topP }),
  }
}

function choiceOf(choice: NonNullable<CallOptions['toolChoice']>): unknown {
  return typeof choice === 'string' ? choice : { type: 'function', name: choice.name }
}

/** A reply cannot be stopped at a text here. */
export function unsupportedByResponses({ options }: ProviderRequest): keyof CallOptions | null {
  return options && options.stop.length > 0 ? 'stop' : null
}

function reasons({ model, efforts }: ProviderRequest): boolean {
  return efforts !== null || (knownModel(model) === null && openAiGeneration(model) !== null)
}

/** The items of a turn, in the order they arose: reasoning, text, calls. */
function inputItems(turn: Turn): unknown[] {
  switch (turn.role) {
    case 'user':
      return [{ role: 'user', content: userContent(turn) }]
    case 'assistant': {
      const { text, toolCalls = [], carried = [] } = turn
      const said = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }
      return [
        ...carried,
        ...(text === '' && toolCalls.length > 0 ? [] : [said]),
        ...toolCalls.map(({ id, name, arguments: given }) => ({
          type: 'function_call',
          call_id: id,
          name,
          arguments: given,
        })),
      ]
    }
    case 'tool':
      return [{ type: 'function_call_output', call_id: turn.callId, output: turn.text }]
    default:
      return turn satisfies never
  }
}

/** A plain text stays a string. */
function userContent(turn: Extract<Turn, { role: 'user' }>): unknown {
  if (!turn.images?.length) return turn.text
  return userParts(turn, 'text').map((part) =>
    part.type === 'text'
      ? { type: 'input_text', text: part.text }
      : { type: 'input_image', image_url: dataUrl(part.image), detail: 'auto' },
  )
}

/** Said not to be strict unless it is: a strict one has to have a schema of a narrower kind. */
function functionTool({ name, description, parameters, strict = false }: ToolDefinition): Fields {
  return { type: 'function', name, description, parameters, strict }
}
