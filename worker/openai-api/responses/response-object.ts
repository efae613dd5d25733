import type { Id } from '../../contract/ids.ts'
import type { Fields } from '../../providers/narrow.ts'
import type { ProviderUsage } from '../../providers/provider.ts'
import type { Item } from './response-items.ts'
import type { ResponsesBody } from './responses-body.ts'

export type ResponseStatus =
  | 'queued'
  | 'in_progress'
  | 'completed'
  | 'incomplete'
  | 'failed'
  | 'cancelled'

/** OpenAI's response object; what of it is nobody's concern here is just carried along. */
export interface ResponseObject extends Fields {
  id: string
  object: 'response'
  /** In seconds. */
  created_at: number
  status: ResponseStatus
  model: string
  output: Item[]
  metadata: Record<string, string>
}

/** The public id of a response; the other way round it is only half an id, and may be anybody's. */
export function responseIdOf(id: Id<'response'>): string {
  return `resp_${id.slice('rsp_'.length)}`
}

/** Fields a caller may give that mean nothing here but are told back. */
const echoed = ['user', 'safety_identifier', 'prompt_cache_key', 'max_tool_calls'] as const

/** A response as it is told when nothing of it is there yet. */
export function openResponse(
  id: Id<'response'>,
  body: ResponsesBody,
  { createdAt, model }: { createdAt: number; model: string },
): ResponseObject {
  const { reasoning, text, tools } = body
  const given = echoed.filter((name) => body[name] !== undefined && body[name] !== null)
  return {
    id: responseIdOf(id),
    object: 'response',
    created_at: Math.floor(createdAt / 1_000),
    status: body.background === true ? 'queued' : 'in_progress',
    background: body.background === true,
    error: null,
    incomplete_details: null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    model,
    output: [],
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: body.previous_response_id ?? null,
    reasoning: { effort: reasoning?.effort ?? null, summary: reasoning?.summary ?? null },
    store: body.store !== false,
    temperature: body.temperature ?? null,
    text: { ...text, format: text?.format ?? { type: 'text' } },
    tool_choice: body.tool_choice ?? 'auto',
    tools: (tools ?? []).map((tool) =>
      tool.type === 'function' ? { strict: null, parameters: null, ...tool } : tool,
    ),
    top_logprobs: body.top_logprobs ?? 0,
    top_p: body.top_p ?? null,
    truncation: body.truncation ?? 'disabled',
    metadata: body.metadata ?? {},
    ...Object.fromEntries(given.map((name) => [name, body[name]])),
  }
}

/** Usage in the words of a response, all of which are demanded; what nobody told is 0. */
export function responseUsage(usage: ProviderUsage): Fields {
  const input = usage.inputTokens ?? 0
  const output = usage.outputTokens ?? 0
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: usage.cachedTokens ?? 0, cache_write_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
    total_tokens: usage.totalTokens ?? input + output,
  }
}
