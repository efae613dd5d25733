import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { settings, type AnySettingKey } from '#contract/settings-registry.ts'
import { registry as en } from './locales/en/registry.ts'
import { registry as zhCN } from './locales/zh-CN/registry.ts'

const keys = Object.keys(settings) as AnySettingKey[]

/** Every text a setting can be shown with. */
function textsOf(key: AnySettingKey): string[] {
  const { schema, default: fallback } = settings[key]
  const { enum: options, items } = z.toJSONSchema(schema, { unrepresentable: 'any' }) as {
    enum?: string[]
    items?: { enum?: string[] }
  }
  const all = schema.safeParse('*').success && fallback === '*' ? ['all'] : []
  const ends = [
    'hint',
    ...(options ?? items?.enum ?? []),
    ...(schema.safeParse(null).success ? ['null'] : []),
    ...(fallback === '' ? ['empty'] : []),
    ...all,
  ]
  const part = key.slice(0, key.indexOf('.'))
  return [`part.${part}`, `setting.${key}`, ...ends.map((end) => `setting.${key}.${end}`)]
}

describe.each([
  ['English', en],
  ['Chinese', zhCN],
])('in %s', (_, texts: Record<string, string>) => {
  it.each(keys)('%s has a name, an explanation and a word for each of its values', (key) => {
    expect(textsOf(key).filter((text) => !texts[text]?.trim())).toEqual([])
  })

  it('nothing is said of a setting that there is not', () => {
    const known = new Set(keys.flatMap(textsOf))
    const said = Object.keys(texts).filter((text) => /^(setting|part)\./.test(text))
    expect(said.filter((text) => !known.has(text))).toEqual([])
  })
})
