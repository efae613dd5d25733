import * as z from 'zod/mini'
import { settings, type AnySettingKey, type Settings } from '../contract/settings-registry.ts'

/** Values that a setting takes and values that it does not, for the tests that go through them all. */
export interface Samples {
  good: readonly unknown[]
  bad: readonly unknown[]
}

interface JsonSchema {
  type?: string
  enum?: readonly string[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  anyOf?: readonly JsonSchema[]
  format?: string
}

const origins = {
  good: ['https://images.example', 'http://10.0.0.5:8080'],
  bad: ['images.example', 'https://images.example/', 'ftp://images.example', 'x'.repeat(201)],
}
const hosts = {
  good: [['example.org', 'a.b-c.example'], []],
  bad: [
    ['https://example.org'],
    ['-a.example'],
    ['a b'],
    'example.org',
    Array(51).fill('example.org'),
  ],
}
const secrets = { good: ['tvly-0123456789'], bad: ['', ' ', 'x'.repeat(301), 'ключ', 7] }

/** Those that bounds alone do not tell. */
const special: Partial<Record<AnySettingKey, Samples>> = {
  'brand.accentColor': { good: ['#000000', '#FFaa00'], bad: ['red', '#fff', '#12345g', ''] },
  'site.baseUrl': origins,
  'images.baseUrl': origins,
  'quota.timeZone': {
    good: ['Asia/Shanghai', 'America/New_York'],
    bad: ['Mars/Olympus', '', 'x'.repeat(65)],
  },
  'chat.temperature': { good: [0, 0.7, 2, null], bad: [-0.1, 2.1, '1'] },
  'titles.modelId': { good: [null], bad: ['gpt', 'cnv_000000000000000000000000', 7] },
  'usage.currency': { good: ['EUR', 'CNY'], bad: ['EU', 'EURO', '€€€'] },
  'reasoning.customTags': {
    good: [[['<a>', '</a>']], Array(8).fill(['x'.repeat(40), 'y'])],
    bad: [Array(9).fill(['a', 'b']), [['a']], [['', 'b']], [['a', 'x'.repeat(41)]], 'a'],
  },
  'search.fallbackEngines': {
    good: [['brave', 'exa'], []],
    bad: [['brave', 'brave'], ['google'], 'brave'],
  },
  'search.language': { good: ['de', 'zh'], bad: ['german', 'DE', ''] },
  'search.searxngUrl': {
    good: ['https://search.example', 'http://localhost:8080/searx'],
    bad: ['search.example', 'https://a@b.example', 'https://search.example?q=', 'x'.repeat(201)],
  },
  'search.includeDomains': hosts,
  'search.excludeDomains': hosts,
  'search.key.tavily': secrets,
  'search.key.brave': secrets,
  'search.key.metaso': secrets,
  'search.key.exa': secrets,
  'api.corsOrigins': {
    good: [['https://app.example'], [], '*'],
    bad: ['https://app.example', ['*'], ['app.example'], Array(51).fill('https://a.example')],
  },
}

/** What has to stand beside a value, where it is bound to others. */
export function companionsOf(key: AnySettingKey, value: unknown): Partial<Settings> {
  if (key === 'accounts.sessionMaxDays') return { 'accounts.sessionIdleDays': 1 }
  if (key === 'provider.timeoutMs') return { 'provider.idleMs': 5_000 }
  if (key === 'chat.systemPrompt') return { 'chat.systemPromptLengthMax': 100_000 }
  if (key === 'reasoning.tags' && value === 'custom') {
    return { 'reasoning.customTags': [['<a>', '</a>']] }
  }
  if (key === 'search.enabled') {
    return { 'search.engine': 'searxng', 'search.searxngUrl': 'https://search.example' }
  }
  return {}
}

export function samplesOf(key: AnySettingKey): Samples {
  return special[key] ?? fromBounds(z.toJSONSchema(settings[key].schema) as JsonSchema)
}

function fromBounds(schema: JsonSchema): Samples {
  const { type, minimum, maximum, minLength = 0, maxLength = 0 } = schema
  if (schema.anyOf) {
    const { good, bad } = fromBounds(schema.anyOf[0] ?? {})
    return { good: [...good, null], bad }
  }
  // All of a choice, so that each is known to be one.
  if (schema.enum) return { good: schema.enum, bad: ['something else', '', null, 1] }
  if (type === 'boolean') return { good: [true, false], bad: ['true', 1, null] }
  if (type === 'integer' && minimum !== undefined && maximum !== undefined) {
    return {
      good: [minimum, maximum],
      bad: [minimum - 1, maximum + 1, minimum + 0.5, String(minimum), [minimum]],
    }
  }
  if (type === 'string' && maxLength > 0) {
    const tooShort = minLength > 0 ? [''] : []
    return {
      good: ['x'.repeat(Math.max(1, minLength)), 'x'.repeat(maxLength)],
      bad: ['x'.repeat(maxLength + 1), ...tooShort, null, 7],
    }
  }
  throw new Error(`No samples for ${JSON.stringify(schema)}`)
}
