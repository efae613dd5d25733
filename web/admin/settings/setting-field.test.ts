import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { settings, type AnySettingKey } from '#contract/settings-registry.ts'
import { fieldOf, type SettingField } from './setting-field.ts'
import { changesStored, readTyped, typedOf } from './typed-value.ts'

/** A setting as the server describes it. */
function field(key: AnySettingKey): SettingField {
  const { schema, ...rest } = settings[key]
  const json = z.toJSONSchema(schema, { unrepresentable: 'any' }) as Record<string, unknown>
  return fieldOf(key, { ...rest, schema: json })
}

const keys = Object.keys(settings) as AnySettingKey[]
const readable = keys.filter((key) => settings[key].reach !== 'secret')

describe('the control of a setting', () => {
  it.each([
    ['guests.enabled', 'switch'],
    ['brand.theme', 'choice'],
    ['quota.user.messagesPerDay', 'number'],
    ['brand.name', 'text'],
    ['site.baseUrl', 'text'],
    ['usage.currency', 'text'],
    ['chat.systemPrompt', 'longText'],
    ['brand.accentColor', 'colour'],
    ['quota.timeZone', 'timeZone'],
    ['titles.modelId', 'model'],
    ['reasoning.customTags', 'pairs'],
    ['search.includeDomains', 'list'],
    ['api.corsOrigins', 'list'],
    ['search.key.tavily', 'secret'],
  ] as const)('of %s is %s', (key, type) => {
    expect(field(key).control.type).toBe(type)
  })

  it.each([
    ['provider.timeoutMs', { unit: 'seconds', min: 10, max: 3_600 }],
    ['stream.coalesceMs', { unit: 'milliseconds', min: 0, max: 250 }],
    ['models.ttlMinutes', { unit: 'minutes', min: 10, max: 10_080 }],
    ['guests.retentionDays', { unit: 'days' }],
    ['quota.user.tokensPerDay', { unit: 'tokensPerDay' }],
    ['models.contextTokensDefault', { unit: 'tokens' }],
    ['chat.messageLengthMax', { unit: 'characters' }],
    ['api.requestsPerMinute', { unit: 'requestsPerMinute' }],
    ['images.historyMax', { unit: null }],
  ] as const)('shows %s in a unit that reads well', (key, control) => {
    expect(field(key).control).toMatchObject(control)
  })

  it('offers none where null is a value', () => {
    expect(field('quota.user.messagesPerDay').isNullable).toBe(true)
    expect(field('titles.modelId').isNullable).toBe(true)
    expect(field('chat.messageLengthMax').isNullable).toBe(false)
  })

  it.each(readable)('shows the default of %s so that it is read as the same again', (key) => {
    const shown = field(key)
    expect(readTyped(shown, typedOf(shown, shown.default))).toEqual({
      ok: true,
      value: settings[key].default,
    })
    expect(changesStored(shown, typedOf(shown, shown.default), shown.default)).toBe(false)
  })
})

describe('what is typed', () => {
  const value = (key: AnySettingKey, typed: unknown) => {
    const read = readTyped(field(key), typed)
    return read.ok ? read.value : read.unfit
  }

  it('may have marks between thousands, and a fraction where one makes sense', () => {
    expect(value('quota.user.messagesPerDay', ' 10,000 ')).toBe(10_000)
    expect(value('chat.temperature', '0,7')).toBe(0.7)
    expect(value('provider.timeoutMs', '1,800')).toBe(1_800_000)
    expect(value('provider.idleMs', '7.5')).toBe(7_500)
  })

  it('is held against the bounds', () => {
    const bounds = { type: 'whole', min: 0, max: 100_000 }
    for (const typed of ['100001', '-1', '1.5', 'many', '']) {
      expect(value('quota.user.messagesPerDay', typed)).toEqual(bounds)
    }
    expect(value('provider.idleMs', '4')).toEqual({ type: 'number', min: 5, max: 900 })
    expect(value('brand.name', '  ')).toEqual({ type: 'missing' })
    expect(value('brand.name', 'x'.repeat(41))).toEqual({ type: 'length', count: 41, max: 40 })
    expect(value('site.baseUrl', 'chat.example.org')).toEqual({ type: 'form' })
    expect(value('brand.accentColor', 'blue')).toEqual({ type: 'colour' })
    expect(value('quota.timeZone', 'Mars/Olympus')).toEqual({ type: 'zone' })
  })

  it('is null where that is chosen, never where something was left empty', () => {
    expect(value('quota.user.messagesPerDay', null)).toBeNull()
    expect(value('chat.messageLengthMax', null)).toEqual({ type: 'missing' })
  })

  it('makes lists of lines, and says which one does not fit', () => {
    expect(value('search.includeDomains', ' a.example\n\nb.example, a.example')).toEqual([
      'a.example',
      'b.example',
    ])
    expect(value('search.includeDomains', 'a.example\nno host')).toEqual({
      type: 'line',
      line: 'no host',
    })
    expect(value('api.corsOrigins', null)).toBe('*')
    expect(value('api.corsOrigins', 'https://a.example')).toEqual(['https://a.example'])
  })

  it('makes pairs of what has both sides', () => {
    expect(
      value('reasoning.customTags', [
        ['<a>', '</a>'],
        ['', ''],
      ]),
    ).toEqual([['<a>', '</a>']])
    expect(value('reasoning.customTags', [['<a>', '']])).toEqual({ type: 'pair' })
  })

  it('replaces a secret when there is something, and clears it when there is one', () => {
    const secret = field('search.key.tavily')
    expect(changesStored(secret, '', { set: true })).toBe(false)
    expect(changesStored(secret, 'tvly-1', { set: true })).toBe(true)
    expect(changesStored(secret, null, { set: true })).toBe(true)
    expect(changesStored(secret, null, { set: false })).toBe(false)
  })
})
