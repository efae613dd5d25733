import * as z from 'zod/mini'
import {
  colour,
  hostNames,
  int,
  limit,
  modelId,
  orderOf,
  origin,
  origins,
  secretText,
  tagPairs,
  text,
  timeZone,
  url,
} from './setting-schemas.ts'

/**
 * `public` reaches every browser, `actor` whoever has an identity, `admin` administrators only. A
 * `secret` is written and never read: administrators learn whether there is one.
 */
export type Reach = 'public' | 'actor' | 'admin' | 'secret'

export type Section =
  | 'general'
  | 'accounts'
  | 'quota'
  | 'chat'
  | 'models'
  | 'access'
  | 'reasoning'
  | 'network'
  | 'search'
  | 'images'
  | 'api'
  | 'shares'
  | 'logs'
  | 'data'

interface SettingDefinition<Schema extends z.ZodMiniType, R extends Reach> {
  schema: Schema
  default: z.infer<Schema>
  reach: R
  section: Section
}

function setting<Schema extends z.ZodMiniType, const R extends Reach>(
  section: Section,
  reach: R,
  schema: Schema,
  fallback: z.infer<Schema>,
): SettingDefinition<Schema, R> {
  return { schema, default: fallback, reach, section }
}

/** Null where none is set. */
const secret = (section: Section) => setting(section, 'secret', z.nullable(secretText), null)

const engines = ['tavily', 'brave', 'metaso', 'exa', 'searxng'] as const

/**
 * The one list of settings: default, bounds, who may read it, where it is shown. Storage holds
 * overrides only. In every limit and retention null means no limit and 0 none at all.
 */
export const settings = {
  'brand.name': setting('general', 'public', text(40).check(z.minLength(1)), 'AIChat'),
  'brand.welcome': setting('general', 'public', text(200), ''),
  'brand.disclaimer': setting('general', 'public', text(200), ''),
  'brand.theme': setting('general', 'public', z.enum(['system', 'light', 'dark']), 'system'),
  'brand.accentColor': setting('general', 'public', colour, '#2563eb'),
  'brand.language': setting('general', 'public', z.enum(['auto', 'zh-CN', 'en']), 'auto'),
  'site.baseUrl': setting('general', 'admin', origin, ''),
  'images.baseUrl': setting('images', 'admin', origin, ''),

  'accounts.registration': setting(
    'accounts',
    'public',
    z.enum(['open', 'approval', 'closed']),
    'approval',
  ),
  'accounts.pendingDays': setting('accounts', 'admin', limit(1, 365), 30),
  'accounts.sessionIdleDays': setting('accounts', 'admin', int(1, 90), 30),
  'accounts.sessionMaxDays': setting('accounts', 'admin', int(1, 365), 180),

  'guests.enabled': setting('accounts', 'public', z.boolean(), true),
  'guests.retentionDays': setting('accounts', 'public', int(1, 365), 15),

  'quota.timeZone': setting('quota', 'actor', timeZone, 'UTC'),
  'quota.user.messagesPerDay': setting('quota', 'actor', limit(0, 100_000), 200),
  'quota.user.tokensPerDay': setting('quota', 'actor', limit(0, 1_000_000_000), null),
  'quota.guest.messagesPerDay': setting('quota', 'public', limit(0, 100_000), 20),
  'quota.allGuests.messagesPerDay': setting('quota', 'admin', limit(0, 1_000_000), 500),
  'quota.guestAddress.messagesPerDay': setting('quota', 'admin', limit(0, 100_000), 60),

  'chat.systemPrompt': setting('chat', 'admin', text(100_000), ''),
  'chat.systemPromptLengthMax': setting('chat', 'actor', int(1_000, 100_000), 12_000),
  'chat.messageLengthMax': setting('chat', 'actor', int(1_000, 200_000), 100_000),
  'chat.temperature': setting(
    'chat',
    'admin',
    z.nullable(z.number().check(z.gte(0), z.lte(2))),
    null,
  ),
  'chat.concurrentRepliesMax': setting('chat', 'actor', limit(1, 1_000), 3),
  'chat.repliesPerMessageMax': setting('chat', 'admin', int(1, 50), 20),
  'chat.historyMessagesMax': setting('chat', 'admin', int(2, 500), 200),
  'chat.customRequest': setting('chat', 'actor', z.enum(['nobody', 'admins', 'users']), 'admins'),
  'titles.mode': setting('chat', 'admin', z.enum(['derive', 'model']), 'derive'),
  'titles.lengthMax': setting('chat', 'admin', int(10, 60), 30),
  'titles.modelId': setting('chat', 'admin', modelId, null),

  'models.ttlMinutes': setting('models', 'admin', int(10, 10_080), 360),
  'models.contextTokensDefault': setting('models', 'admin', int(1_024, 10_000_000), 32_768),
  'models.outputTokensDefault': setting('models', 'admin', limit(256, 1_000_000), null),

  'usage.currency': setting(
    'models',
    'actor',
    z.string().check(z.regex(/^[a-z]{3}$/i, 'Three letters, like USD.')),
    'USD',
  ),

  'models.access.guest': setting('access', 'actor', z.enum(['allow', 'deny']), 'deny'),
  'models.access.user': setting('access', 'actor', z.enum(['allow', 'deny']), 'allow'),

  'reasoning.enabled': setting('reasoning', 'actor', z.boolean(), true),
  'reasoning.effort': setting(
    'reasoning',
    'actor',
    z.enum(['unset', 'none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']),
    'unset',
  ),
  'reasoning.ollamaThink': setting(
    'reasoning',
    'actor',
    z.enum(['unset', 'off', 'on', 'low', 'medium', 'high', 'max']),
    'unset',
  ),
  'reasoning.save': setting('reasoning', 'actor', z.boolean(), true),
  'reasoning.expand': setting('reasoning', 'public', z.boolean(), false),
  'reasoning.tags': setting('reasoning', 'admin', z.enum(['default', 'custom', 'off']), 'default'),
  'reasoning.customTags': setting('reasoning', 'admin', tagPairs, []),

  'stream.heartbeatMs': setting('network', 'admin', int(5_000, 30_000), 15_000),
  'stream.coalesceMs': setting('network', 'admin', int(0, 250), 250),
  'provider.initialGraceMs': setting('network', 'admin', int(5_000, 3_600_000), 720_000),
  'provider.idleMs': setting('network', 'admin', int(5_000, 900_000), 90_000),
  'provider.reasoningIdleMs': setting('network', 'admin', int(5_000, 900_000), 300_000),
  'provider.timeoutMs': setting('network', 'admin', int(10_000, 3_600_000), 1_800_000),
  'provider.retries': setting('network', 'admin', int(0, 1), 1),
  'provider.fallback': setting('network', 'admin', z.boolean(), true),
  'provider.allowPrivateHosts': setting('network', 'admin', z.boolean(), false),
  'usage.emit': setting('network', 'actor', z.boolean(), true),
  'usage.providerOnly': setting('network', 'admin', z.boolean(), false),

  'search.enabled': setting('search', 'actor', z.boolean(), false),
  'search.audience': setting('search', 'actor', z.enum(['admins', 'users', 'everyone']), 'users'),
  'search.engine': setting('search', 'actor', z.enum(engines), 'tavily'),
  'search.fallbackEngines': setting('search', 'admin', orderOf(engines), []),
  'search.language': setting(
    'search',
    'admin',
    z.string().check(z.regex(/^(?:auto|[a-z]{2})$/, 'auto, or a code of two letters.')),
    'auto',
  ),
  'search.key.tavily': secret('search'),
  'search.key.brave': secret('search'),
  'search.key.metaso': secret('search'),
  'search.key.exa': secret('search'),
  'search.searxngUrl': setting('search', 'admin', url, ''),
  'search.resultLimit': setting('search', 'actor', int(1, 10), 5),
  'search.includeDomains': setting('search', 'admin', hostNames, []),
  'search.excludeDomains': setting('search', 'admin', hostNames, []),
  'search.metasoScope': setting(
    'search',
    'actor',
    z.enum(['webpage', 'document', 'scholar', 'image', 'video', 'podcast']),
    'webpage',
  ),
  'search.includeSummary': setting('search', 'admin', z.boolean(), false),
  'search.includeRaw': setting('search', 'admin', z.boolean(), false),
  'search.timeoutMs': setting('search', 'admin', int(1_000, 60_000), 10_000),
  'tools.iterationsMax': setting('search', 'admin', int(1, 20), 6),
  'readUrl.enabled': setting('search', 'actor', z.boolean(), true),
  'readUrl.charsMax': setting('search', 'admin', int(1_000, 200_000), 20_000),
  'readUrl.timeoutMs': setting('search', 'admin', int(1_000, 60_000), 15_000),

  'attachments.retentionDays': setting('images', 'admin', limit(1, 3_650), null),
  'images.historyMax': setting('images', 'admin', int(0, 20), 8),

  'api.enabled': setting('api', 'actor', z.boolean(), true),
  'api.audience': setting('api', 'actor', z.enum(['admins', 'users']), 'users'),
  'api.corsOrigins': setting('api', 'admin', origins, '*'),
  'api.keysPerUserMax': setting('api', 'actor', int(1, 100), 10),
  'api.requestsPerMinute': setting('api', 'actor', limit(1, 10_000), 60),
  'api.responseRetentionHours': setting('api', 'actor', int(1, 720), 24),

  'shares.enabled': setting('shares', 'public', z.boolean(), true),
  'shares.audience': setting('shares', 'actor', z.enum(['users', 'everyone']), 'everyone'),
  'shares.expiryHoursMax': setting('shares', 'actor', limit(1, 8_760), null),

  'trace.enabled': setting('logs', 'actor', z.boolean(), false),
  'trace.defaultOn': setting('logs', 'admin', z.boolean(), false),
  'trace.adminOnly': setting('logs', 'actor', z.boolean(), true),
  'trace.environment': setting(
    'logs',
    'admin',
    z.enum(['development', 'production', 'both']),
    'both',
  ),
  'trace.messagePreview': setting('logs', 'admin', z.boolean(), false),
  'trace.retentionDays': setting('logs', 'admin', int(1, 365), 7),
  'trace.eventsMax': setting('logs', 'admin', int(100, 200_000), 2_000),
  'trace.idleNoticeMs': setting('logs', 'admin', int(1_000, 600_000), 30_000),

  'data.conversationRetentionDays': setting('data', 'actor', limit(1, 3_650), null),
  'data.usageRetentionDays': setting('data', 'admin', int(30, 3_650), 400),
  'data.auditRetentionDays': setting('data', 'admin', int(30, 3_650), 365),
} as const

export type AnySettingKey = keyof typeof settings
export type SecretKey = {
  [K in AnySettingKey]: (typeof settings)[K]['reach'] extends 'secret' ? K : never
}[AnySettingKey]
/** A setting whose value can be read by somebody. */
export type SettingKey = Exclude<AnySettingKey, SecretKey>
export type Setting<K extends AnySettingKey> = z.infer<(typeof settings)[K]['schema']>
export type Settings = { [K in SettingKey]: Setting<K> }
/** What may be written: all that can be read, and secrets. */
export type WritableSettings = { [K in AnySettingKey]: Setting<K> }

const keys = Object.keys(settings) as AnySettingKey[]

export function isSecretKey(key: AnySettingKey): key is SecretKey {
  return settings[key].reach === 'secret'
}
export const settingKeys = keys.filter((key): key is SettingKey => !isSecretKey(key))
export const secretKeys = keys.filter(isSecretKey)

/** Sections whose settings are kept while what they are about is still to come. */
export const upcomingSections: readonly Section[] = ['search', 'shares', 'logs']

/** There are prices, and no report that adds them up; no response is stored yet. */
const upcomingKeys: readonly AnySettingKey[] = ['usage.currency']

/** Whether a setting has no effect yet. */
export function isUpcoming(key: AnySettingKey): boolean {
  return upcomingSections.includes(settings[key].section) || upcomingKeys.includes(key)
}
