import type { ModelOverride } from '../contract/models.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { ListedMetadata } from '../db/schema/models.ts'
import { modelCapabilities, modelEfforts, modelKind } from '../providers/model-capabilities.ts'
import { modelLimits } from '../providers/model-limits.ts'
import type { ConnectionRow } from './connections.ts'

/** All that bears on what a model is, as SQL gives it: JSON columns are text. */
export interface FactsRow {
  rawId: string
  metadata: string
  /** Null when nothing is overridden. */
  override: string | null
  prefix: string | null
  tags: string
  capabilities: string
  numCtx: number | null
}

/** Columns of `FactsRow` for `models as m`, `connections as c` and `model_overrides as o`. */
export const factsColumns = `m.raw_id as rawId, m.metadata, o.override, c.prefix, c.tags, c.capabilities,
  c.num_ctx as numCtx`

/** What is said of a model by all who say something, the later word winning. */
export function modelFacts(row: FactsRow, settings: Settings) {
  const metadata = JSON.parse(row.metadata) as ListedMetadata
  const override = overrideOf(row.override)
  const tags = override.tags ?? (JSON.parse(row.tags) as string[])
  const known = metadata.baseModel ?? row.rawId
  const { capabilities, sources } = modelCapabilities(known, {
    provider: metadata.capabilities,
    connection: JSON.parse(row.capabilities) as ConnectionRow['capabilities'],
    tags,
    override: override.capabilities ?? {},
  })
  const limits = modelLimits(known, {
    override: {
      contextWindow: override.contextWindow ?? null,
      outputTokens: override.outputTokens ?? null,
    },
    // Where a connection sets the context length, its server loads models with no other.
    provider: { ...metadata, contextWindow: row.numCtx ?? metadata.contextWindow },
    defaults: {
      contextWindow: settings['models.contextTokensDefault'],
      outputTokens: settings['models.outputTokensDefault'],
    },
  })
  const efforts = override.efforts?.length === 0 ? null : modelEfforts(known, override.efforts)
  return {
    label: override.label ?? metadata.label,
    kind: modelKind(known, metadata.kind),
    baseModel: metadata.baseModel ?? null,
    hidden: override.hidden === true,
    tags,
    capabilities,
    capabilitySources: sources,
    limits,
    efforts,
    override,
  }
}

/** What is stored of an override, without what has become empty. */
export function overrideOf(stored: string | null): ModelOverride {
  if (stored === null) return {}
  const fields = Object.entries(JSON.parse(stored) as ModelOverride)
  return Object.fromEntries(fields.filter(([, value]) => !isEmpty(value)))
}

function isEmpty(value: unknown): boolean {
  const isNested = typeof value === 'object' && value !== null && !Array.isArray(value)
  return value === null || (isNested && Object.keys(value).length === 0)
}

export function publishedName({ prefix, rawId }: Pick<FactsRow, 'prefix' | 'rawId'>): string {
  return prefix === null ? rawId : `${prefix}.${rawId}`
}
