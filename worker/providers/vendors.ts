import type { ProviderId, Vendor } from '../contract/connections.ts'

export interface Dialect {
  /** How the reasoning request is written. */
  reasoning: 'effort' | 'openrouter' | 'deepseek' | 'template' | 'groq'
  /** Whether usage has to be asked for; the others send it unasked or refuse the question. */
  streamOptions: boolean
  /** Whether two turns of one role in a row are refused, by the API or by chat templates. */
  alternates: boolean
  /** Whether OpenAI's own models are behind it, with their newer rules. */
  openAiModels: boolean
}

type DialectName = Exclude<Vendor, 'auto'> | 'qwen'

const plain: Dialect = {
  reasoning: 'effort',
  streamOptions: true,
  alternates: false,
  openAiModels: false,
}
const dialects: Record<DialectName, Dialect> = {
  openai: { ...plain, openAiModels: true },
  deepseek: { ...plain, reasoning: 'deepseek', alternates: true },
  openrouter: { ...plain, reasoning: 'openrouter' },
  groq: { ...plain, reasoning: 'groq' },
  mistral: { ...plain, streamOptions: false, alternates: true },
  xai: plain,
  moonshot: plain,
  zai: plain,
  together: plain,
  perplexity: { ...plain, streamOptions: false, alternates: true },
  vllm: { ...plain, reasoning: 'template', alternates: true },
  llamacpp: { ...plain, alternates: true },
  lmstudio: { ...plain, alternates: true },
  qwen: { ...plain, reasoning: 'template' },
  other: { ...plain, openAiModels: true },
}

const hosts: [domain: string, DialectName][] = [
  ['api.openai.com', 'openai'],
  ['openai.azure.com', 'openai'],
  ['deepseek.com', 'deepseek'],
  ['openrouter.ai', 'openrouter'],
  ['groq.com', 'groq'],
  ['mistral.ai', 'mistral'],
  ['x.ai', 'xai'],
  ['moonshot.ai', 'moonshot'],
  ['moonshot.cn', 'moonshot'],
  ['z.ai', 'zai'],
  ['bigmodel.cn', 'zai'],
  ['together.xyz', 'together'],
  ['together.ai', 'together'],
  ['perplexity.ai', 'perplexity'],
  ['aliyuncs.com', 'qwen'],
]

/** The dialect of an OpenAI-shaped connection: the vendor named, else the one its host tells. */
export function dialectOf(connection: { vendor: Vendor; baseUrl: string }): Dialect {
  if (connection.vendor !== 'auto') return dialects[connection.vendor]
  const host = hostOf(connection.baseUrl)
  const known = hosts.find(([domain]) => host === domain || host.endsWith(`.${domain}`))
  return dialects[known?.[1] ?? 'other']
}

/** Second-level labels under which a country registers names. */
const registries = new Set(['ac', 'co', 'com', 'edu', 'go', 'gov', 'ne', 'net', 'or', 'org'])

/** A name for a connection, made of its host; the provider's where the host is no name. */
export function connectionLabel(baseUrl: string, provider: ProviderId): string {
  const host = hostOf(baseUrl)
  if (host === '' || host.includes(':') || /^[\d.]+$/.test(host)) return provider
  const labels = host.split('.')
  const [country = '', registry = ''] = labels.toReversed()
  const suffixLength = country.length === 2 && registries.has(registry) ? 2 : 1
  return labels.at(-1 - suffixLength) ?? labels[0] ?? provider
}

function hostOf(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return ''
  return new URL(baseUrl).hostname.replace(/^\[|\]$|\.$/g, '')
}
