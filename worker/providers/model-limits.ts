import type { LimitSource, Model } from '../contract/models.ts'
import { knownModel } from './known-models.ts'

type Limits = Pick<Model, 'contextWindow' | 'contextSource' | 'outputTokens' | 'outputSource'>

/** One layer's say; null and absent say nothing. */
interface Said {
  contextWindow?: number | null
  outputTokens?: number | null
}

interface LimitLayers {
  override?: Said
  provider?: Said
  defaults: { contextWindow: number; outputTokens: number | null }
}

/** The limits of a model and whose word each is: override, provider, table, then the default. */
export function modelLimits(rawId: string, { override, provider, defaults }: LimitLayers): Limits {
  const table = knownModel(rawId)
  const layers: [LimitSource, Said | null | undefined][] = [
    ['override', override],
    ['provider', provider],
    ['table', table],
    ['default', defaults],
  ]
  const context = layers.find(([, said]) => isLimit(said?.contextWindow))
  const output = layers.find(([, said]) => isLimit(said?.outputTokens))
  return {
    contextWindow: context?.[1]?.contextWindow ?? defaults.contextWindow,
    contextSource: context?.[0] ?? 'default',
    outputTokens: output?.[1]?.outputTokens ?? null,
    outputSource: output?.[0] ?? 'unknown',
  }
}

/** Providers write 0 where they do not know. */
const isLimit = (value: number | null | undefined) => typeof value === 'number' && value > 0
