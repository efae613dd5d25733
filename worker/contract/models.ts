import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { idSchema } from './ids.ts'
import { Problem } from './problems.ts'
import { Effort } from './reasoning.ts'
import { visibleText } from './visible-text.ts'

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

/** Whose word a capability is: what the name suggests, the table, … the administrator's. */
export const CapabilitySource = z.enum([
  'names',
  'table',
  'provider',
  'connection',
  'tag',
  'override',
])
export type CapabilitySource = z.infer<typeof CapabilitySource>

export const Audience = z.enum(['guest', 'user'])
export type Audience = z.infer<typeof Audience>
const accessWords = ['allow', 'deny', 'inherit'] as const

const price = z.number().check(z.gte(0), z.lte(1_000_000))
const maybe = <T extends z.ZodMiniType>(schema: T) => z.optional(z.nullable(schema))

/** What an administrator says of a model; null returns a field to its source. */
export const ModelOverride = z.strictObject({
  label: maybe(visibleText(100)),
  hidden: maybe(z.boolean()),
  tags: maybe(z.array(visibleText(30)).check(z.maxLength(10))),
  capabilities: maybe(z.partialRecord(CapabilityFlag, z.nullable(z.boolean()))),
  contextWindow: maybe(z.int().check(z.gte(256), z.lte(10_000_000))),
  outputTokens: maybe(z.int().check(z.gte(1), z.lte(10_000_000))),
  efforts: maybe(z.array(Effort).check(z.maxLength(Effort.options.length))),
  /** For a million tokens, in the currency of the settings. */
  price: maybe(
    z.strictObject({ input: maybe(price), output: maybe(price), cachedInput: maybe(price) }),
  ),
  access: maybe(
    z.strictObject({ guest: maybe(z.enum(accessWords)), user: maybe(z.enum(accessWords)) }),
  ),
})
export type ModelOverride = z.infer<typeof ModelOverride>

const Resolved = z.object({
  decision: z.enum(['allow', 'deny']),
  source: z.enum(['default', 'override']),
})

/** What the fields of a model return to when they are overridden no longer. */
const ModelOriginal = z.object({
  label: z.string(),
  tags: z.array(z.string()),
  capabilities: ModelCapabilities,
  capabilitySources: z.partialRecord(CapabilityFlag, CapabilitySource),
  efforts: z.nullable(z.array(Effort)),
  contextWindow: z.int(),
  contextSource: LimitSource,
  outputTokens: z.nullable(z.int()),
  outputSource: LimitSource,
})
export type ModelOriginal = z.infer<typeof ModelOriginal>

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
  /** What its reasoning is asked with; effort where nothing is said. */
  reasoningControl: z.optional(z.enum(['effort', 'think'])),
  contextWindow: z.int(),
  contextSource: LimitSource,
  outputTokens: z.nullable(z.int()),
  outputSource: LimitSource,
  available: z.boolean(),
  overridden: z.boolean(),
  /** Administrators only, as is all that follows. */
  connectionId: z.optional(idSchema('connection')),
  fetchedAt: z.optional(z.nullable(z.int())),
  goneAt: z.optional(z.nullable(z.int())),
  hidden: z.optional(z.boolean()),
  capabilitySources: z.optional(z.partialRecord(CapabilityFlag, CapabilitySource)),
  access: z.optional(z.object({ guest: z.enum(accessWords), user: z.enum(accessWords) })),
  resolvedAccess: z.optional(z.object({ guest: Resolved, user: Resolved })),
  /** What is overridden, as it is stored. */
  override: z.optional(ModelOverride),
  /** What an overridden model would be without it. */
  original: z.optional(ModelOriginal),
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

const admin = { audience: 'user', capability: 'manageModels' } as const
const modelIds = z.array(idSchema('model')).check(z.minLength(1), z.maxLength(500))

export const overrideModel = endpoint({
  ...admin,
  method: 'PATCH',
  path: '/api/models/:id',
  body: ModelOverride,
  reply: Model,
})
export const overrideModels = endpoint({
  ...admin,
  method: 'PATCH',
  path: '/api/models',
  body: z.strictObject({ ids: modelIds, patch: ModelOverride }),
  reply: z.object({ updated: z.int() }),
})
export const resetModel = endpoint({
  ...admin,
  method: 'DELETE',
  path: '/api/models/:id/overrides',
  reply: Model,
})
export const resetModels = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/models/overrides/delete',
  body: z.union([z.strictObject({ ids: modelIds }), z.strictObject({ all: z.literal(true) })]),
  reply: z.object({ reset: z.int() }),
})

/** One model's override in a file: models are found again by what they are, not by their ids. */
export const OverrideEntry = z.strictObject({
  provider: z.string(),
  host: z.string(),
  rawId: z.string(),
  override: ModelOverride,
})
export type OverrideEntry = z.infer<typeof OverrideEntry>
export const OverrideFile = z.object({ items: z.array(OverrideEntry).check(z.maxLength(10_000)) })

export const exportModels = endpoint({
  ...admin,
  method: 'GET',
  path: '/api/models/export',
  reply: OverrideFile,
})
/** Refuses `import_unreadable` for what no export has written. */
export const importModels = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/models/import',
  body: z.unknown(),
  bytesMax: 5_000_000,
  reply: z.object({
    items: z.array(
      z.object({ model: z.string(), result: z.enum(['applied', 'unchanged', 'no_such_model']) }),
    ),
  }),
})

/** What became of one connection's list. */
export const Refreshed = z.object({
  connectionId: idSchema('connection'),
  ok: z.boolean(),
  added: z.int(),
  removed: z.int(),
  kept: z.int(),
  problem: z.optional(Problem),
})
export type Refreshed = z.infer<typeof Refreshed>

const refreshed = z.object({ items: z.array(Refreshed) })
export const refreshModels = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/models/refresh',
  reply: refreshed,
})
export const refreshConnection = endpoint({
  audience: 'user',
  capability: 'manageConnections',
  method: 'POST',
  path: '/api/connections/:id/refresh',
  reply: refreshed,
})
