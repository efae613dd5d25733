import { describe, expect, it } from 'vitest'
import { fill } from './i18n.ts'
import { en } from './locales/en.ts'
import { admin as enAdmin } from './locales/en/admin.ts'
import { apiKeys as enApiKeys } from './locales/en/api-keys.ts'
import { details as enDetails } from './locales/en/details.ts'
import { images as enImages } from './locales/en/images.ts'
import { records as enRecords } from './locales/en/records.ts'
import { registry as enRegistry } from './locales/en/registry.ts'
import { settings as enSettings } from './locales/en/settings.ts'
import { signIn as enSignIn } from './locales/en/sign-in.ts'
import { users as enUsers } from './locales/en/users.ts'
import { zhCN } from './locales/zh-CN.ts'
import { admin as zhAdmin } from './locales/zh-CN/admin.ts'
import { apiKeys as zhApiKeys } from './locales/zh-CN/api-keys.ts'
import { details as zhDetails } from './locales/zh-CN/details.ts'
import { images as zhImages } from './locales/zh-CN/images.ts'
import { records as zhRecords } from './locales/zh-CN/records.ts'
import { registry as zhRegistry } from './locales/zh-CN/registry.ts'
import { settings as zhSettings } from './locales/zh-CN/settings.ts'
import { signIn as zhSignIn } from './locales/zh-CN/sign-in.ts'
import { users as zhUsers } from './locales/zh-CN/users.ts'

const english = { language: 'en' as const, plural: new Intl.PluralRules('en') }
const chinese = { language: 'zh-CN' as const, plural: new Intl.PluralRules('zh-CN') }

describe('a text', () => {
  it('is filled with values, numbers in the way of its language', () => {
    expect(fill('{name}: {n}', { name: 'Ada', n: 12_345 }, english)).toBe('Ada: 12,345')
  })

  it('uses the form that fits the count', () => {
    const text = '{n} {n|message|messages}'
    expect(fill(text, { n: 1 }, english)).toBe('1 message')
    expect(fill(text, { n: 0 }, english)).toBe('0 messages')
    expect(fill(text, { n: 2 }, english)).toBe('2 messages')
  })

  it('needs one form only where the language has one', () => {
    expect(fill('{n} {n|条消息}', { n: 1 }, chinese)).toBe('1 条消息')
    expect(fill('{n} {n|条消息}', { n: 5 }, chinese)).toBe('5 条消息')
  })

  it('takes values as they are, whatever braces they contain', () => {
    expect(fill('“{title}”', { title: '{n} $& {title}' }, english)).toBe('“{n} $& {title}”')
  })
})

describe('the languages', () => {
  const texts = {
    en: {
      ...en,
      ...enSignIn,
      ...enSettings,
      ...enDetails,
      ...enImages,
      ...enAdmin,
      ...enUsers,
      ...enRecords,
      ...enApiKeys,
      ...enRegistry,
    },
    'zh-CN': {
      ...zhCN,
      ...zhSignIn,
      ...zhSettings,
      ...zhDetails,
      ...zhImages,
      ...zhAdmin,
      ...zhUsers,
      ...zhRecords,
      ...zhApiKeys,
      ...zhRegistry,
    },
  }

  it('have the same keys', () => {
    expect(Object.keys(texts['zh-CN']).toSorted()).toEqual(Object.keys(texts.en).toSorted())
  })

  it('fill the same values into each text', () => {
    for (const [key, text] of Object.entries(texts.en)) {
      const other = texts['zh-CN'][key as keyof typeof texts.en]
      expect([key, valuesOf(other)]).toEqual([key, valuesOf(text)])
    }
  })

  it('leave no text empty', () => {
    for (const language of Object.values(texts)) {
      for (const text of Object.values(language)) expect(text.trim()).not.toBe('')
    }
  })
})

/** The names a text is filled with; a count whose word has one form only need not be repeated. */
function valuesOf(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(/\{(\w+)/g), ([, name]) => name ?? ''))].toSorted()
}
