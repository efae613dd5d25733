import {
  capabilityFlags,
  type CapabilityFlag,
  type Model,
  type ModelCapabilities,
} from '../contract/models.ts'
import type { Effort } from '../contract/reasoning.ts'
import { knownModel } from './known-models.ts'
import { modelNameOf } from './model-family.ts'

export type CapabilitySource = 'names' | 'table' | 'provider' | 'connection' | 'tag' | 'override'

/** What one layer says; null and absent say nothing. */
type Said = Partial<Record<CapabilityFlag, boolean | null>>

interface CapabilityLayers {
  provider?: Said
  connection?: Said
  tags?: readonly string[]
  override?: Said
}

const patterns: [CapabilityFlag, RegExp][] = [
  [
    'vision',
    /gpt-4o|gpt-4\.1|gpt-4-(?:turbo|vision)|gpt-5|chatgpt-4o|^o[134](?!-mini)\b|^o4-mini|claude-(?:3|opus|sonnet|haiku|fable)|gemini-(?!embedding)|(?:^|[-.\d])vl(?:[-.\d]|$)|vision|llava|pixtral|multimodal|omni|glm-[\d.]+v/,
  ],
  [
    'reasoning',
    /^o\d|gpt-5(?!.*chat)|gpt-oss|claude-(?:3[-.]7|(?:opus|sonnet|haiku|fable)-[4-9])|gemini-(?:2\.5|[3-9])|deepseek-(?:r\d|reasoner)|\br1\b|qwq|reason|think(?:ing)?\b|magistral/,
  ],
  ['webSearch', /^sonar|search-preview|deep-research|-online\b/],
  ['imageGeneration', /dall-e|gpt-image|imagen|flux|stable-diffusion|sdxl|seedream|-image(?:-|$)/],
]
const embeddingName = /embed|(?:^|[-_])bge[-_]|(?:^|[-_])e5[-_]|(?:^|[-_])gte[-_]|minilm/

/**
 * What a model can do and who says so. Later layers win: its name, the table of known models, its
 * provider, the connection, a tag named like the capability, the administrator's override.
 */
export function modelCapabilities(
  rawId: string,
  { provider, connection, tags = [], override }: CapabilityLayers,
): { capabilities: ModelCapabilities; sources: Partial<Record<CapabilityFlag, CapabilitySource>> } {
  const byName = saidByName(rawId)
  const layers: [CapabilitySource, Said | undefined][] = [
    ['override', override],
    ['tag', saidByTags(tags)],
    ['connection', connection],
    ['provider', provider],
    ['table', saidByTable(rawId, byName)],
    ['names', byName],
  ]
  const capabilities = Object.fromEntries(
    capabilityFlags.map((flag) => [flag, null]),
  ) as ModelCapabilities
  const sources: Partial<Record<CapabilityFlag, CapabilitySource>> = {}
  for (const flag of capabilityFlags) {
    const layer = layers.find(([, said]) => typeof said?.[flag] === 'boolean')
    if (!layer) continue
    capabilities[flag] = layer[1]?.[flag] ?? null
    sources[flag] = layer[0]
  }
  return { capabilities, sources }
}

/** Whether a model chats or embeds: the provider's word, else the table's, else its name's. */
export function modelKind(rawId: string, told: Model['kind'] | null): Model['kind'] {
  if (told) return told
  const isEmbedding =
    knownModel(rawId)?.kind === 'embedding' || embeddingName.test(modelNameOf(rawId))
  return isEmbedding ? 'embedding' : 'chat'
}

/** The effort levels a model lists; null when it lists none. */
export function modelEfforts(rawId: string, override?: readonly Effort[] | null): Effort[] | null {
  const efforts = override ?? knownModel(rawId)?.efforts ?? null
  return efforts && [...efforts]
}

function saidByName(rawId: string): Said {
  const name = modelNameOf(rawId)
  if (embeddingName.test(name)) return {}
  const found = patterns.filter(([, pattern]) => pattern.test(name))
  return Object.fromEntries(found.map(([flag]) => [flag, true]))
}

/** A row speaks for its family; a name that says it sees is of a member that does. */
function saidByTable(rawId: string, byName: Said): Said {
  const known = knownModel(rawId)
  if (!known || known.kind === 'embedding') return {}
  const reasons = known.efforts !== null || known.thinking !== undefined
  return {
    ...(known.vision || !byName.vision ? { vision: known.vision } : {}),
    ...(reasons ? { reasoning: true } : {}),
  }
}

function saidByTags(tags: readonly string[]): Said {
  const flags = capabilityFlags.filter((flag) =>
    tags.some((tag) => tag.toLowerCase() === flag.toLowerCase()),
  )
  return Object.fromEntries(flags.map((flag) => [flag, true]))
}
