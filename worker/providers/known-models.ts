import type { Effort } from '../contract/reasoning.ts'
import { modelNameOf } from './model-family.ts'

export interface KnownModel {
  contextWindow: number
  outputTokens: number | null
  vision: boolean
  /** Levels the model takes by name; null when it takes none. */
  efforts: readonly Effort[] | null
  /** How models without an effort field are asked to think. */
  thinking?: 'adaptive' | 'budget'
  /** False when temperature and the like are refused. */
  sampling?: false
  /** False where an answer cannot be held to a JSON Schema. */
  schemas?: false
  kind?: 'embedding'
}

type Row = [
  prefixes: string,
  contextWindow: number,
  outputTokens: number | null,
  vision: boolean,
  efforts?: string,
  more?: Partial<KnownModel>,
]

const fromNone = 'none low medium high xhigh'
const budget = { thinking: 'budget' } as const
const adaptive = { thinking: 'adaptive', sampling: false } as const
const older = { schemas: false } as const
const embedding = { kind: 'embedding' } as const

const rows: Row[] = [
  ['gpt-5.5 gpt-5.4', 1_050_000, 128_000, true, fromNone],
  ['gpt-5.4-mini gpt-5.4-nano gpt-5.3 gpt-5.2', 400_000, 128_000, true, fromNone],
  ['gpt-5.1', 400_000, 128_000, true, 'none low medium high'],
  ['gpt-5', 400_000, 128_000, true, 'minimal low medium high'],
  ['gpt-5-pro', 400_000, 272_000, true, 'high'],
  ['gpt-5-chat gpt-5.1-chat gpt-5.2-chat gpt-5.3-chat', 128_000, 16_384, true],
  ['gpt-4.1', 1_047_576, 32_768, true],
  ['gpt-4o', 128_000, 16_384, true],
  ['gpt-4-turbo', 128_000, 4_096, true],
  ['gpt-4', 8_192, 8_192, false],
  ['gpt-3.5-turbo', 16_385, 4_096, false],
  ['o1 o3 o4-mini', 200_000, 100_000, true, 'low medium high'],
  ['o3-mini', 200_000, 100_000, false, 'low medium high'],
  ['gpt-oss', 131_072, 65_536, false, 'low medium high'],
  [
    'claude-opus-5 claude-opus-4-8 claude-opus-4-7 claude-sonnet-5 claude-fable-5',
    1_000_000,
    128_000,
    true,
    'low medium high xhigh max',
    adaptive,
  ],
  ['claude-opus-4-6', 1_000_000, 128_000, true, 'low medium high max', { thinking: 'adaptive' }],
  ['claude-sonnet-4-6', 1_000_000, 64_000, true, 'low medium high max', { thinking: 'adaptive' }],
  ['claude-opus-4-5 claude-sonnet-4-5 claude-haiku-4-5', 200_000, 64_000, true, '', budget],
  ['claude-sonnet-4 claude-3-7-sonnet', 200_000, 64_000, true, '', { ...budget, ...older }],
  ['claude-opus-4', 200_000, 32_000, true, '', { ...budget, ...older }],
  ['claude-3-5', 200_000, 8_192, true, '', older],
  ['claude-3', 200_000, 4_096, true, '', older],
  ['gemini-3', 1_048_576, 65_536, true, 'minimal low medium high'],
  ['gemini-2.5-pro gemini-2.5-flash gemini-flash', 1_048_576, 65_536, true, '', budget],
  ['gemini-2.0', 1_048_576, 8_192, true],
  ['gemini-1.5', 1_000_000, 8_192, true],
  ['gemma-4', 262_144, 32_768, true],
  ['deepseek-v4 deepseek-chat deepseek-reasoner', 1_000_000, 384_000, false, 'high max'],
  ['grok-4.3 grok-4.20', 1_000_000, 30_000, true, 'none low medium high'],
  ['grok-4', 256_000, 64_000, false],
  ['grok-3', 131_072, 8_192, false],
  ['mistral-large mistral-medium', 262_144, 262_144, true],
  ['mistral-small', 256_000, 256_000, true],
  ['kimi-k2', 262_144, 262_144, false],
  ['kimi-k2.5', 262_144, 262_144, true],
  ['glm-5.2', 1_000_000, 131_072, false],
  ['glm-5 glm-4.7 glm-4.6', 200_000, 131_072, false],
  ['glm-4.5', 131_072, 98_304, false],
  ['qwen3.7-plus qwen3.7-max qwen3.7-flash', 1_000_000, 65_536, false],
  ['qwen3.6-plus qwen3.6-max qwen3.6-flash', 1_000_000, 65_536, false],
  ['qwen3.5-plus qwen3.5-max qwen3.5-flash', 1_000_000, 65_536, false],
  ['qwen3-max', 262_144, 65_536, false],
  ['qwen-plus', 1_000_000, 32_768, false],
  ['minimax-m3', 1_000_000, 128_000, false],
  ['minimax-m2', 196_608, 128_000, false],
  ['llama-4', 131_072, 8_192, true],
  ['llama-3', 131_072, 32_768, false],
  ['text-embedding-3 text-embedding-ada-002', 8_191, null, false, '', embedding],
  ['gemini-embedding', 2_048, null, false, '', embedding],
]

const table = new Map<string, KnownModel>(
  rows.flatMap(([prefixes, contextWindow, outputTokens, vision, efforts = '', more = {}]) => {
    const levels = efforts === '' ? null : (efforts.split(' ') as Effort[])
    const model = { contextWindow, outputTokens, vision, efforts: levels, ...more }
    return prefixes.split(' ').map((prefix): [string, KnownModel] => [prefix, model])
  }),
)
const longestFirst = [...table.keys()].toSorted((a, b) => b.length - a.length)

/**
 * What is known of a model by its raw id, as far as its name goes; null when nothing is. A minor
 * version that is not listed takes after the nearest one before it.
 */
export function knownModel(rawId: string): KnownModel | null {
  const name = comparableName(rawId)
  const version = /^(.*?\d)([.-])(\d{1,2})(?!\d)/.exec(name)
  const [whole = '', head = '', separator = '', minor = ''] = version ?? []
  for (let earlier = Number(minor); earlier > 0; earlier--) {
    const upToVersion = `${head}${separator}${earlier}`
    const prefix = prefixOf(`${upToVersion}${name.slice(whole.length)}`)
    if (prefix && prefix.length >= upToVersion.length) return table.get(prefix) ?? null
  }
  return table.get(prefixOf(name) ?? '') ?? null
}

function comparableName(rawId: string): string {
  const name = modelNameOf(rawId).replace(/:.*$/, '')
  return name.startsWith('claude') ? name.replace(/(?<=\d)\.(?=\d)/g, '-') : name
}

/** The longest prefix that ends where a word of the name does: `gpt-4` is not part of `gpt-4o`. */
function prefixOf(name: string): string | undefined {
  return longestFirst.find(
    (prefix) => name.startsWith(prefix) && !/[a-z\d]/.test(name[prefix.length] ?? ''),
  )
}
