import { idFrom, newId } from '#contract/ids.ts'
import { capabilityFlags, type Model, type ModelCapabilities } from '#contract/models.ts'

const unsaid = Object.fromEntries(capabilityFlags.map((flag) => [flag, null])) as ModelCapabilities
const connectionId = newId('connection')

/** A model as administrators see it, for tests. */
export function fakeManagedModel(name: string, over: Partial<Model> = {}): Model {
  return {
    id: idFrom('model', `${name.replace(/[^a-z0-9]/g, '')}x`),
    name,
    rawId: name,
    label: name,
    channel: 'Main',
    provider: 'some_kind',
    kind: 'chat',
    tags: [],
    capabilities: unsaid,
    reasoning: null,
    contextWindow: 32_768,
    contextSource: 'default',
    outputTokens: null,
    outputSource: 'unknown',
    available: true,
    overridden: over.override !== undefined,
    connectionId,
    fetchedAt: 1,
    goneAt: null,
    hidden: false,
    capabilitySources: {},
    access: { guest: 'inherit', user: 'inherit' },
    resolvedAccess: {
      guest: { decision: 'deny', source: 'default' },
      user: { decision: 'allow', source: 'default' },
    },
    override: {},
    ...over,
  }
}
