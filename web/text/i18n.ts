import { useSyncExternalStore } from 'react'
import type { en } from './locales/en.ts'
import type { admin } from './locales/en/admin.ts'
import type { apiKeys } from './locales/en/api-keys.ts'
import type { details } from './locales/en/details.ts'
import type { images } from './locales/en/images.ts'
import type { records } from './locales/en/records.ts'
import type { registry } from './locales/en/registry.ts'
import type { settings } from './locales/en/settings.ts'
import type { signIn } from './locales/en/sign-in.ts'
import type { users } from './locales/en/users.ts'

export type Language = 'en' | 'zh-CN'
export const languages = { en: 'English', 'zh-CN': '简体中文' } as const satisfies Record<
  Language,
  string
>

type Texts = typeof en &
  typeof signIn &
  typeof settings &
  typeof details &
  typeof images &
  typeof admin &
  typeof users &
  typeof records &
  typeof apiKeys &
  typeof registry
export type TextKey = keyof Texts

/**
 * The names a text is filled with: `{name}` a value, `{count|one|many}` the form of a word that
 * fits a count.
 */
type Variable<Text> = Text extends `${string}{${infer Inner}}${infer Rest}`
  ? (Inner extends `${infer Name}|${string}` ? Name : Inner) | Variable<Rest>
  : never
type Values<Key extends TextKey> = { [Name in Variable<Texts[Key]>]: string | number }
type Rest<Key extends TextKey> = [Variable<Texts[Key]>] extends [never] ? [] : [Values<Key>]

/** Texts come in loads: what every page needs, and what only a part of them does. */
type Load =
  | 'core'
  | 'signIn'
  | 'settings'
  | 'details'
  | 'images'
  | 'admin'
  | 'users'
  | 'records'
  | 'apiKeys'
  | 'registry'
const loaders: Record<Language, Record<Load, () => Promise<Record<string, string>>>> = {
  en: {
    core: async () => (await import('./locales/en.ts')).en,
    signIn: async () => (await import('./locales/en/sign-in.ts')).signIn,
    settings: async () => (await import('./locales/en/settings.ts')).settings,
    details: async () => (await import('./locales/en/details.ts')).details,
    images: async () => (await import('./locales/en/images.ts')).images,
    admin: async () => (await import('./locales/en/admin.ts')).admin,
    users: async () => (await import('./locales/en/users.ts')).users,
    records: async () => (await import('./locales/en/records.ts')).records,
    apiKeys: async () => (await import('./locales/en/api-keys.ts')).apiKeys,
    registry: async () => (await import('./locales/en/registry.ts')).registry,
  },
  'zh-CN': {
    core: async () => (await import('./locales/zh-CN.ts')).zhCN,
    signIn: async () => (await import('./locales/zh-CN/sign-in.ts')).signIn,
    settings: async () => (await import('./locales/zh-CN/settings.ts')).settings,
    details: async () => (await import('./locales/zh-CN/details.ts')).details,
    images: async () => (await import('./locales/zh-CN/images.ts')).images,
    admin: async () => (await import('./locales/zh-CN/admin.ts')).admin,
    users: async () => (await import('./locales/zh-CN/users.ts')).users,
    records: async () => (await import('./locales/zh-CN/records.ts')).records,
    apiKeys: async () => (await import('./locales/zh-CN/api-keys.ts')).apiKeys,
    registry: async () => (await import('./locales/zh-CN/registry.ts')).registry,
  },
}

/** Shared with public/boot.js, which sets `lang` before the first paint. */
const storageKey = 'aichat.language'

interface State {
  language: Language
  texts: Record<string, string>
  plural: Intl.PluralRules
}
let state: State = { language: 'en', texts: {}, plural: new Intl.PluralRules('en') }
let target: Language | null = null
const wanted = new Set<Load>(['core'])
const listeners = new Set<() => void>()

/** The text of `key` in the current language, with its `{names}` filled in. */
export function t<Key extends TextKey>(key: Key, ...[values]: Rest<Key>): string {
  return fill(state.texts[key] ?? key, (values ?? {}) as Record<string, string | number>, state)
}

/** Puts `values` into `text`; numbers are written in the language's own way. */
export function fill(
  text: string,
  values: Record<string, string | number>,
  { language, plural }: Pick<State, 'language' | 'plural'>,
): string {
  return text.replace(/\{(\w+)(?:\|([^}]*))?\}/g, (whole, name: string, forms?: string) => {
    const value = values[name]
    if (value === undefined) return whole
    if (forms === undefined)
      return typeof value === 'number' ? value.toLocaleString(language) : value
    const [one = '', many = one] = forms.split('|')
    return plural.select(Number(value)) === 'one' ? one : many
  })
}

/** Loads a further part of the texts; a page that needs it awaits this before it renders. */
export async function loadTexts(load: Load): Promise<void> {
  wanted.add(load)
  await show(wantedLanguage())
}

/** Changes the language of everything on screen, without a reload, and remembers it. */
export async function setLanguage(language: Language): Promise<void> {
  await show(language)
  if (target !== language) return
  document.documentElement.lang = language
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // Nothing is remembered then; the next load decides anew.
  }
}

/** The last language asked for wins, whichever texts arrive last. */
async function show(language: Language): Promise<void> {
  target = language
  const loads = [...wanted]
  const parts = await Promise.all(loads.map((load) => loaders[language][load]()))
  if (target !== language || loads.length !== wanted.size) return show(target)
  update({
    language,
    texts: Object.assign({}, ...parts) as Record<string, string>,
    plural: new Intl.PluralRules(language),
  })
}

/** The language of a choice; `auto` and null go by what the browser prefers. */
export function languageOf(choice: Language | 'auto' | null): Language {
  if (choice === 'en' || choice === 'zh-CN') return choice
  const preferred = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag)) ?? 'en'
  return /^zh\b/i.test(preferred) ? 'zh-CN' : 'en'
}

/** What was shown last time, so that the first load fetches the right texts at once. */
export function rememberedLanguage(): Language {
  try {
    return languageOf(localStorage.getItem(storageKey) as Language | null)
  } catch {
    return languageOf(null)
  }
}

/** The current language; a component that calls it renders again when the language changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => state).language
}

export function currentLanguage(): Language {
  return state.language
}

/** The language the page is about to be in: before its texts are there, it is known already. */
export function wantedLanguage(): Language {
  return target ?? rememberedLanguage()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function update(next: State) {
  state = next
  for (const listener of listeners) listener()
}
