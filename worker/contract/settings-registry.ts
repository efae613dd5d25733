import * as z from 'zod/mini'
import { idSchema } from './ids.ts'

/** `public` reaches every browser, `actor` whoever has an identity, `admin` administrators only. */
export type Reach = 'public' | 'actor' | 'admin'

export type Section =
  | 'general'
  | 'accounts'
  | 'quota'
  | 'chat'
  | 'models'
  | 'access'
  | 'images'
  | 'reasoning'
  | 'network'
  | 'data'

interface SettingDefinition<Schema extends z.ZodMiniType> {
  schema: Schema
  default: z.infer<Schema>
  reach: Reach
  section: Section
}

function setting<Schema extends z.ZodMiniType>(
  section: Section,
  reach: Reach,
  schema: Schema,
  fallback: z.infer<Schema>,
): SettingDefinition<Schema> {
  return { schema, default: fallback, reach, section }
}

const int = (min: number, max: number) => z.int().check(z.gte(min), z.lte(max))
const limit = (min: number, max: number) => z.nullable(int(min, max))
const text = (max: number) => z.string().check(z.maxLength(max))

// `Intl` is the only list of zones there is, and every runtime of ours has it.
const timeZone = z.string().check(
  z.maxLength(64),
  z.refine((zone) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
    } catch {
      return false
    }
  }, 'Not a time zone.'),
)

/** Scheme, host and port of an address; '' leaves it to where the request came to. */
const origin = text(200).check(
  z.regex(
    /^(?:https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?)?$/,
    'An address like https://images.example.org, without a path.',
  ),
)

const tag = z.string().check(z.minLength(1), z.maxLength(40))

/**
 * The one list of settings: default, bounds, who may read it, where it is shown. Storage holds
 * overrides only. In every limit and retention null means no limit and 0 none at all.
 */
export const settings = {
  'brand.name': setting('general', 'public', text(40).check(z.minLength(1)), 'AIChat'),
  'brand.welcome': setting('general', 'public', text(200), ''),
  'brand.disclaimer': setting('general', 'public', text(200), ''),
  'brand.theme': setting('general', 'public', z.enum(['system', 'light', 'dark']), 'system'),
  'brand.accentColor': setting(
    'general',
    'public',
    z.string().check(z.regex(/^#[0-9a-f]{6}$/i)),
    '#2563eb',
  ),
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
  'titles.modelId': setting('chat', 'admin', z.nullable(idSchema('model')), null),

  'models.ttlMinutes': setting('models', 'admin', int(10, 10_080), 360),
  'models.contextTokensDefault': setting('models', 'admin', int(1_024, 10_000_000), 32_768),
  'models.outputTokensDefault': setting('models', 'admin', limit(256, 1_000_000), null),

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
  'reasoning.customTags': setting(
    'reasoning',
    'admin',
    z.array(z.tuple([tag, tag])).check(z.maxLength(8)),
    [],
  ),

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

  'attachments.retentionDays': setting('images', 'admin', limit(1, 3_650), null),
  'images.historyMax': setting('images', 'admin', int(0, 20), 8),

  'data.conversationRetentionDays': setting('data', 'actor', limit(1, 3_650), null),
  'data.usageRetentionDays': setting('data', 'admin', int(30, 3_650), 400),
  'data.auditRetentionDays': setting('data', 'admin', int(30, 3_650), 365),
} as const

export type SettingKey = keyof typeof settings
export type Setting<K extends SettingKey> = z.infer<(typeof settings)[K]['schema']>
export type Settings = { [K in SettingKey]: Setting<K> }

export const settingKeys = Object.keys(settings) as SettingKey[]
