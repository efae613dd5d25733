import type { ListedModel } from './provider.ts'

/** A model of which nothing is known but its id. */
export function bareModel(rawId: string): ListedModel {
  return {
    rawId,
    label: null,
    kind: null,
    contextWindow: null,
    outputTokens: null,
    capabilities: {},
  }
}
