import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  isSecretKey,
  isUpcoming,
  settings,
  type AnySettingKey,
} from '../contract/settings-registry.ts'

const page = 'settings/effects/page.workerd.test.ts'
const prompt = 'settings/effects/prompt.workerd.test.ts'
const people = 'settings/effects/people.workerd.test.ts'
const network = 'settings/effects/network.workerd.test.ts'
const jobs = 'operation/jobs.workerd.test.ts'
const v1 = 'openai-api/chat-completions/chat-completions.workerd.test.ts'
const apiKeys = 'api-keys/api-keys.workerd.test.ts'
const silence = 'chat/stall.workerd.test.ts'
const silent =
  'a provider that goes silent is cut off, each silence by its own limit, and what was shown stays'

/**
 * For every setting with an effect: the test that sees it in what the product does. Those of `page`
 * take effect in the page, and are followed to the reply that it reads them from.
 */
const effects: Partial<Record<AnySettingKey, readonly [file: string, test: string]>> = {
  'brand.name': [page, 'is what every page is told of the brand'],
  'brand.welcome': [page, 'is what every page is told of the brand'],
  'brand.disclaimer': [page, 'is what every page is told of the brand'],
  'brand.theme': [page, 'is what every page is told of the brand'],
  'brand.accentColor': [page, 'is what every page is told of the brand'],
  'brand.language': [page, 'is what every page is told of the brand'],
  'site.baseUrl': [
    'attachments/attachments.workerd.test.ts',
    'follow the base in force at once, signed where the host is another',
  ],
  'images.baseUrl': [
    'attachments/attachments.workerd.test.ts',
    'follow the base in force at once, signed where the host is another',
  ],

  'accounts.registration': [
    people,
    'lets whoever signs up in at once, after an approval, or not at all',
  ],
  'accounts.pendingDays': [
    jobs,
    'removes accounts that nobody has approved in time, and no others',
  ],
  'accounts.sessionIdleDays': [people, 'lasts as long without use as is set'],
  'accounts.sessionMaxDays': [people, 'ends at the latest when the setting says'],
  'guests.enabled': [people, 'is let in, and back in for as long as is set'],
  'guests.retentionDays': [people, 'is let in, and back in for as long as is set'],

  'quota.timeZone': [
    'quotas/quota.workerd.test.ts',
    'begins a new day at midnight of the zone that is set, at once when the zone changes',
  ],
  'quota.user.messagesPerDay': [people, 'has the messages and tokens of the day that are set'],
  'quota.user.tokensPerDay': [people, 'has the messages and tokens of the day that are set'],
  'quota.guest.messagesPerDay': [people, 'has as many messages as each of its three limits leaves'],
  'quota.allGuests.messagesPerDay': [
    people,
    'has as many messages as each of its three limits leaves',
  ],
  'quota.guestAddress.messagesPerDay': [
    people,
    'has as many messages as each of its three limits leaves',
  ],

  'chat.systemPrompt': [prompt, 'begins with the prompt of the installation'],
  'chat.systemPromptLengthMax': [
    prompt,
    'is a prompt of a conversation or of one’s own up to the longest that is set',
  ],
  'chat.messageLengthMax': [prompt, 'is a message up to the longest that is set'],
  'chat.temperature': [
    prompt,
    'is as warm as the setting says, and the provider’s own warmth without it',
  ],
  'chat.concurrentRepliesMax': [people, 'has as many replies at a time as is set'],
  'chat.repliesPerMessageMax': [
    'chat/siblings.workerd.test.ts',
    'lets the oldest reply give way over the limit, and counts what is left',
  ],
  'chat.historyMessagesMax': [prompt, 'goes back no further than the setting allows'],
  'chat.customRequest': [people, 'sends a request of its own where the setting lets it'],
  'titles.mode': [prompt, 'is asked of a model where that is set, of the one that is set'],
  'titles.lengthMax': [prompt, 'is made of the first message, as long as the setting says'],
  'titles.modelId': [prompt, 'is asked of a model where that is set, of the one that is set'],

  'models.ttlMinutes': [
    jobs,
    'fetches every hour the lists that are older than the setting allows, and no others',
  ],
  'models.contextTokensDefault': [
    prompt,
    'fits into the window that is assumed where nobody knows it',
  ],
  'models.outputTokensDefault': [
    prompt,
    'says how long an answer may be where nobody knows it, or nothing of it',
  ],
  'models.access.guest': [people, 'may use models where the setting says so'],
  'models.access.user': [people, 'may use models unless the setting says otherwise'],

  'reasoning.enabled': [prompt, 'is asked for as the settings say'],
  'reasoning.effort': [prompt, 'is asked for as the settings say'],
  'reasoning.ollamaThink': [prompt, 'is asked of Ollama in its own words'],
  'reasoning.save': [prompt, 'is kept with the answer, or only shown while it comes'],
  'reasoning.expand': [
    page,
    'unfolds reasoning where nobody has chosen: pages read it with their settings',
  ],
  'reasoning.tags': [prompt, 'is found between the tags that are set'],
  'reasoning.customTags': [prompt, 'is found between the tags that are set'],

  'stream.heartbeatMs': [silence, silent],
  'stream.coalesceMs': [network, 'sends text as it comes, or gathers it for a while'],
  'provider.initialGraceMs': [silence, silent],
  'provider.idleMs': [silence, silent],
  'provider.reasoningIdleMs': [silence, silent],
  'provider.timeoutMs': [
    network,
    'ends an answer that takes longer than an answer may, though it still comes',
  ],
  'provider.retries': [network, 'is asked again as often as is set'],
  'provider.fallback': [network, 'is asked once more without streaming, unless that is off'],
  'provider.allowPrivateHosts': [network, 'calls private hosts only where that is allowed'],
  'api.enabled': [v1, 'does not exist while the API is off'],
  'api.audience': [
    apiKeys,
    'is refused where only administrators may have keys, unless its owner is one',
  ],
  'api.corsOrigins': [v1, 'answers browsers of the origins that are set'],
  'api.keysPerUserMax': [
    apiKeys,
    'are as many as the setting allows, of any number made at the same moment',
  ],
  'api.responseRetentionHours': [
    'openai-api/kept/kept-calls.workerd.test.ts',
    'is gone after its time, with everything it held',
  ],
  'api.requestsPerMinute': [v1, 'for coming too often says when to come again'],

  'usage.emit': [prompt, 'is told in the stream, unless that is off'],
  'usage.providerOnly': [
    prompt,
    'is estimated where the provider is silent, unless only its word counts',
  ],

  'attachments.retentionDays': [
    jobs,
    'removes images nobody has sent for a day, and those over the retention',
  ],
  'images.historyMax': [
    'chat/images.workerd.test.ts',
    'reaches the provider with them, and so do regenerations and later turns',
  ],

  'data.conversationRetentionDays': [
    jobs,
    'are removed when they have not been used for as long as is set, unless they are pinned',
  ],
  'data.usageRetentionDays': [
    jobs,
    'removes what is used up of each kind of record, and only that',
  ],
  'data.auditRetentionDays': [
    jobs,
    'removes what is used up of each kind of record, and only that',
  ],
}

const keys = (Object.keys(settings) as AnySettingKey[]).filter((key) => !isUpcoming(key))

describe('a setting', () => {
  it.each(keys)('%s has an effect that a test sees', (key) => {
    const [file, test] = effects[key] ?? ['none', 'none']
    const source = readFileSync(`worker/${file}`, 'utf8')
    const seen = { test: source.includes(test), key: source.includes(`'${key}'`) }
    expect(seen).toEqual({ test: true, key: true })
  })

  it('that is still to come has none, and secrets are of those', () => {
    const upcoming = (Object.keys(settings) as AnySettingKey[]).filter(isUpcoming)
    expect(upcoming.filter((key) => key in effects)).toEqual([])
    expect(keys.filter(isSecretKey)).toEqual([])
  })
})
