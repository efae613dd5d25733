import { countOf, fieldsOf, type Fields } from './narrow.ts'
import type { ProviderUsage } from './provider.ts'

/** The counts of an OpenAI-shaped usage object, in any of its spellings; null when it has none. */
export function usageOf(value: unknown): ProviderUsage | null {
  const usage = fieldsOf(value)
  if (!usage) return null
  const input = fieldsOf(usage.prompt_tokens_details ?? usage.input_tokens_details)
  const output = fieldsOf(usage.completion_tokens_details ?? usage.output_tokens_details)
  const inputTokens = firstCount(usage, 'prompt_tokens', 'input_tokens')
  const outputTokens = firstCount(usage, 'completion_tokens', 'output_tokens')
  return countedUsage({
    inputTokens,
    outputTokens,
    reasoningTokens: countOf(output?.reasoning_tokens) ?? countOf(usage.reasoning_tokens),
    cachedTokens:
      countOf(input?.cached_tokens) ??
      firstCount(usage, 'prompt_cache_hit_tokens', 'cached_tokens'),
    totalTokens: countOf(usage.total_tokens),
  })
}

/** Counts with their total, where it was not told; null when they are of nothing at all. */
export function countedUsage(counts: ProviderUsage): ProviderUsage | null {
  const { inputTokens, outputTokens, totalTokens } = counts
  // Such a count is a placeholder, not a bill.
  if (!inputTokens && !outputTokens && !totalTokens) return null
  const isWhole = inputTokens !== null && outputTokens !== null
  return { ...counts, totalTokens: totalTokens ?? (isWhole ? inputTokens + outputTokens : null) }
}

function firstCount(fields: Fields, ...names: string[]): number | null {
  for (const name of names) {
    const count = countOf(fields[name])
    if (count !== null) return count
  }
  return null
}
