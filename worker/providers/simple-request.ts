import type { ProviderRequest, Turn } from './provider.ts'

/** A request that asks for nothing but an answer to `turns`. */
export function simpleRequest(model: string, turns: readonly Turn[]): ProviderRequest {
  return {
    model,
    system: null,
    turns,
    tools: [],
    outputTokensMax: null,
    contextWindow: 8_192,
    promptTokens: 1_024,
    temperature: null,
    reasoning: { enabled: false, effort: null, think: null },
    efforts: null,
    custom: null,
  }
}
