import type { ProviderId } from '../../contract/connections.ts'
import type {
  CallOptions,
  ProviderRequest,
  ResponseFormat,
  ToolDefinition,
} from '../../providers/provider.ts'
import type { Images } from '../call-images.ts'
import { checkBody } from '../check-body.ts'
import { unsupportedField } from '../field-faults.ts'
import { requestFor, type ModelFacts } from '../provider-request.ts'
import { toolNamed, withoutTools } from '../tool-named.ts'
import type { Item } from './response-items.ts'
import { FunctionTool, type ResponsesBody } from './responses-body.ts'
import { responsesTurns } from './responses-turns.ts'
import { fitTurns } from './fit-turns.ts'

export interface AskedFrom {
  /** What came in earlier responses, and then what this one was given. */
  items: readonly Item[]
  earlier: number
  images: Images
  provider: ProviderId
}

/**
 * A call for a response as an adapter takes it. Refuses what cannot be translated, by its name;
 * whether the provider can do what is left, `requireSupported` asks.
 */
export function fromResponses(
  body: ResponsesBody,
  model: ModelFacts,
  { items, ...reading }: AskedFrom,
): ProviderRequest {
  refuseLogprobs(body)
  const { tools, toolChoice } = toolsOf(body)
  const said = responsesTurns(items, body.instructions ?? null, reading)
  const outputTokensMax = body.max_output_tokens ?? null
  const prompt = { ...said, tools, outputTokensMax }
  return requestFor(model, {
    ...(body.truncation === 'auto' ? fitTurns(prompt, model.contextWindow) : prompt),
    temperature: body.temperature ?? null,
    effort: body.reasoning?.effort ?? null,
    options: {
      toolChoice,
      parallelToolCalls: tools.length > 0 ? (body.parallel_tool_calls ?? null) : null,
      responseFormat: formatOf(body),
      stop: [],
      topP: body.top_p ?? null,
      seed: null,
      presencePenalty: null,
      frequencyPenalty: null,
    },
  })
}

/** Nobody tells them but who speaks the same dialect. */
function refuseLogprobs({ top_logprobs: count, include }: ResponsesBody): void {
  if ((count ?? 0) > 0) throw unsupportedField('top_logprobs')
  const at = include?.indexOf('message.output_text.logprobs') ?? -1
  if (at >= 0) throw unsupportedField(`include.${at}`)
}

function formatOf({ text }: ResponsesBody): ResponseFormat | null {
  const format = text?.format
  if (!format || format.type === 'text') return null
  if (format.type === 'json_object') return { type: 'json_object' }
  const { name, schema, strict } = format
  return { type: 'json_schema', name, schema, strict: strict ?? false }
}

interface Tools {
  tools: ToolDefinition[]
  toolChoice: CallOptions['toolChoice']
}

/** The tools of a call. Of those, a choice of several leaves the allowed ones alone. */
function toolsOf({ tools: given, tool_choice: choice }: ResponsesBody): Tools {
  const tools = (given ?? []).map((tool, index): ToolDefinition => {
    const path = `tools.${index}`
    if (tool.type !== 'function') throw unsupportedField(`${path}.type`)
    const { name, description, parameters, strict } = checkBody(FunctionTool, tool, path)
    return {
      name,
      description: description ?? '',
      parameters: parameters ?? { type: 'object', properties: {} },
      ...(typeof strict === 'boolean' && { strict }),
    }
  })
  if (!choice || typeof choice === 'string') {
    if (choice === 'required' && tools.length === 0) throw withoutTools()
    return { tools, toolChoice: tools.length === 0 ? null : (choice ?? null) }
  }
  if (choice.type === 'function') {
    return { tools, toolChoice: toolNamed(choice.name, tools, 'tool_choice.name') }
  }
  if (choice.type !== 'allowed_tools' || !Array.isArray(choice.tools)) {
    throw unsupportedField('tool_choice.type')
  }
  const names = choice.tools.map((tool: { name?: unknown }, index) =>
    toolNamed(tool.name, tools, `tool_choice.tools.${index}.name`),
  )
  const allowed = tools.filter(({ name }) => names.some((each) => each.name === name))
  if (allowed.length === 0) throw withoutTools()
  return { tools: allowed, toolChoice: choice.mode === 'required' ? 'required' : 'auto' }
}

/** The names of the options in a call for a response. */
export const responsesParams: Record<keyof CallOptions, string> = {
  toolChoice: 'tool_choice',
  parallelToolCalls: 'parallel_tool_calls',
  responseFormat: 'text.format',
  stop: 'stop',
  topP: 'top_p',
  seed: 'seed',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
}
