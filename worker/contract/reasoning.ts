import * as z from 'zod/mini'

export const Effort = z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'])
export type Effort = z.infer<typeof Effort>

export const Think = z.enum(['off', 'on', 'low', 'medium', 'high', 'max'])
export type Think = z.infer<typeof Think>

/** What is asked of a model that reasons. Null leaves the choice to the next wider scope. */
export const Reasoning = z.object({
  enabled: z.nullable(z.boolean()),
  effort: z.nullable(Effort),
  think: z.nullable(Think),
})
export type Reasoning = z.infer<typeof Reasoning>

export const ReasoningPatch = z.partial(z.strictObject(Reasoning.shape))
export type ReasoningPatch = z.infer<typeof ReasoningPatch>
