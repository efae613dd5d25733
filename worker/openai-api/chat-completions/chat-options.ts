import type {
  CallOptions,
  Provider,
  ProviderRequest,
  ResponseFormat,
} from '../../providers/provider.ts'
import type { ChatBody } from './chat-body.ts'
import { unsupportedField } from '../field-faults.ts'

/** What a call asks for beside an answer, its tools apart. */
export function chatOptions(body: ChatBody): Omit<CallOptions, 'toolChoice'> {
  const { stop } = body
  const texts = typeof stop === 'string' ? [stop] : (stop ?? [])
  return {
    parallelToolCalls: body.tools?.length ? (body.parallel_tool_calls ?? null) : null,
    responseFormat: formatOf(body.response_format),
    stop: texts.filter((text) => text !== ''),
    topP: body.top_p ?? null,
    seed: body.seed ?? null,
    presencePenalty: body.presence_penalty ?? null,
    frequencyPenalty: body.frequency_penalty ?? null,
  }
}

function formatOf(format: ChatBody['response_format']): ResponseFormat | null {
  if (!format || format.type === 'text') return null
  if (format.type === 'json_object') return { type: 'json_object' }
  const { name, schema = {}, strict } = format.json_schema
  return { type: 'json_schema', name, schema, strict: strict ?? false }
}

/** Fields that make another answer of it, and that nobody but OpenAI's dialect has. */
const elsewhere: Record<string, (body: ChatBody) => boolean> = {
  n: ({ n }) => (n ?? 1) > 1,
  logprobs: ({ logprobs }) => logprobs === true,
  top_logprobs: ({ top_logprobs: count }) => (count ?? 0) > 0,
  logit_bias: ({ logit_bias: bias }) => Object.keys(bias ?? {}).length > 0,
  modalities: ({ modalities }) => (modalities ?? []).some((each) => each !== 'text'),
  audio: isGiven('audio'),
  web_search_options: isGiven('web_search_options'),
  functions: isGiven('functions'),
  function_call: isGiven('function_call'),
}

function isGiven(name: string) {
  return (body: ChatBody) => (body[name] ?? null) !== null
}

/** Refuses what no provider of another dialect can do, by its name. What only hints passes. */
export function refuseUntranslatable(body: ChatBody): void {
  const name = Object.keys(elsewhere).find((each) => elsewhere[each]?.(body))
  if (name !== undefined) throw unsupportedField(name)
}

/** The names of the options in a chat completion. */
const chatParams: Record<keyof CallOptions, string> = {
  toolChoice: 'tool_choice',
  parallelToolCalls: 'parallel_tool_calls',
  responseFormat: 'response_format',
  stop: 'stop',
  topP: 'top_p',
  seed: 'seed',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
}

/** Refuses the option the provider cannot do for this request, by its name in the caller's words. */
export function requireSupported(
  provider: Provider,
  request: ProviderRequest,
  names = chatParams,
): void {
  const option = provider.unsupported?.(request)
  if (option) throw unsupportedField(names[option])
}
