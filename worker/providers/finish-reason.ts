import type { FinishReason } from '../contract/parts.ts'

const known: Record<string, FinishReason> = {
  stop: 'stop',
  stop_sequence: 'stop',
  end_turn: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  complete: 'stop',
  completed: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  content_filter: 'content_filter',
  safety: 'content_filter',
  sensitive: 'content_filter',
  tool_calls: 'tool_calls',
  tool_use: 'tool_calls',
  function_call: 'tool_calls',
}

export function finishReasonOf(raw: string): FinishReason {
  return known[raw.toLowerCase()] ?? 'other'
}
