import { idFrom } from '#contract/ids.ts'
import { capabilityFlags, type Model, type ModelCapabilities } from '#contract/models.ts'

const unsaid = Object.fromEntries(capabilityFlags.map((flag) => [flag, null])) as ModelCapabilities

export function fakeModel(name: string, over: Partial<Model> = {}): Model {
  return {
    id: idFrom('model', `${name.replace(/[^a-z0-9]/g, '')}x`),
    name,
    rawId: name,
    label: name,
    channel: 'Main',
    provider: 'openai',
    kind: 'chat',
    tags: [],
    capabilities: unsaid,
    reasoning: null,
    contextWindow: 32_768,
    contextSource: 'default',
    outputTokens: null,
    outputSource: 'unknown',
    available: true,
    overridden: false,
    ...over,
  }
}
