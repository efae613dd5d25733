import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { idSchema } from './ids.ts'
import { Effort } from './reasoning.ts'

export const capabilityFlags = [
  'vision',
  'tools',
  'reasoning',
  'files',
  'webSearch',
  'imageGeneration',
  'codeInterpreter',
] as const
export const CapabilityFlag = z.enum(capabilityFlags)
export type CapabilityFlag = z.infer<typeof CapabilityFlag>

/** What a model can do; null is unsaid and counts as allowed. */
export const ModelCapabilities = z.record(CapabilityFlag, z.nullable(z.boolean()))
export type ModelCapabilities = z.infer<typeof ModelCapabilities>

export const LimitSource = z.enum(['override', 'provider', 'table', 'default', 'unknown'])
export type LimitSource = z.infer<typeof LimitSource>

export const Model = z.object({
  id: idSchema('model'),
  /** `<prefix>.<rawId>`, or `rawId` without a prefix; unique among enabled connections. */
  name: z.string(),
  rawId: z.string(),
  label: z.string(),
  /** The connection's name, shown as the group. */
  channel: z.string(),
  provider: z.string(),
  kind: z.enum(['chat', 'embedding', 'both']),
  tags: z.array(z.string()),
  capabilities: ModelCapabilities,
  reasoning: z.nullable(z.object({ efforts: z.array(Effort) })),
  contextWindow: z.int(),
  contextSource: LimitSource,
  outputTokens: z.nullable(z.int()),
  outputSource: LimitSource,
  available: z.boolean(),
  overridden: z.boolean(),
  /** Administrators only, as are the next two. */
  connectionId: z.optional(idSchema('connection')),
  fetchedAt: z.optional(z.nullable(z.int())),
  goneAt: z.optional(z.nullable(z.int())),
})
export type Model = z.infer<typeof Model>

export const listModels = endpoint({
  method: 'GET',
  path: '/api/models',
  audience: 'actor',
  query: z.object({ all: z.optional(z.literal('1')) }),
  reply: z.object({
    items: z.array(Model),
    preferredModelId: z.nullable(idSchema('model')),
  }),
})
