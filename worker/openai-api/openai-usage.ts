import type { ProviderUsage } from '../providers/provider.ts'

/** Usage in the words of a chat completion. */
export interface CompletionUsage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details?: { cached_tokens: number }
  completion_tokens_details?: { reasoning_tokens: number }
}

/** Details nobody told are left out; the three counts are demanded, so that they are 0 instead. */
export function completionUsage(usage: ProviderUsage | null): CompletionUsage {
  const { inputTokens, outputTokens, totalTokens, cachedTokens, reasoningTokens } = usage ?? {}
  const input = inputTokens ?? 0
  const output = outputTokens ?? 0
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: totalTokens ?? input + output,
    ...(typeof cachedTokens === 'number' && {
      prompt_tokens_details: { cached_tokens: cachedTokens },
    }),
    ...(typeof reasoningTokens === 'number' && {
      completion_tokens_details: { reasoning_tokens: reasoningTokens },
    }),
  }
}
