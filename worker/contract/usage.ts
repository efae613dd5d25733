import * as z from 'zod/mini'

const count = z.nullable(z.int())

/** Tokens a generation used. Null means not told; `source` says whose count it is. */
export const Usage = z.object({
  inputTokens: count,
  outputTokens: count,
  reasoningTokens: count,
  cachedTokens: count,
  totalTokens: count,
  source: z.enum(['provider', 'estimate']),
})
export type Usage = z.infer<typeof Usage>

/** Times count from acceptance, so queueing, connecting and retries are inside. */
export const Metrics = z.object({
  firstTokenMs: z.nullable(z.int()),
  durationMs: z.int(),
  tokensPerSecond: z.nullable(z.number()),
  attempts: z.int(),
  fallback: z.boolean(),
})
export type Metrics = z.infer<typeof Metrics>
