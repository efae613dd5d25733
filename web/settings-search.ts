import type { Me } from '#contract/accounts.ts'
import type { Known } from './admin/settings/centre-state.ts'
import { isShown } from './admin/settings/shown.ts'
import { pageOf } from './admin/settings/section-names.ts'
import { hintOf, labelOf, wordFor } from './admin/settings/setting-texts.ts'
import { sectionsFor } from './settings-sections.tsx'
import { t, type TextKey } from './text/i18n.ts'
import type { Path } from './ui/navigation.tsx'
import { sectionPath, type PersonalSection, type SettingsSection } from './ui/settings-address.ts'

/** A setting or a section, and where it is. */
export interface Place {
  path: Path
  label: string
  section: SettingsSection
  /** What it is found by beside its label. */
  words: string
}

/** What the personal sections have in them; the name of a row is its address, too. */
const personal: Partial<Record<PersonalSection, readonly TextKey[]>> = {
  profile: ['profile.avatar', 'account.username', 'profile.role', 'profile.today'],
  preferences: [
    'theme.label',
    'language.label',
    'preferences.fontSize',
    'preferences.timeZone',
    'preferences.model',
    'preferences.think',
    'preferences.effort',
    'preferences.ollamaThink',
    'preferences.context',
    'preferences.sendKey',
    'preferences.reasoning',
    'preferences.metrics',
    'preferences.originalImages',
    'preferences.prompt',
  ],
  security: ['security.password', 'security.sessions'],
  data: ['data.exportAll', 'data.conversations', 'data.account'],
  about: ['shortcuts.title'],
}
/** What only an account has. */
const notForGuests: readonly TextKey[] = ['preferences.timeZone', 'preferences.prompt']

/** Every place in the settings that somebody may see, in the words of the current language. */
export function placesFor(me: Pick<Me, 'actor' | 'capabilities'>, known: Known | null): Place[] {
  const shown = [...sectionsFor('settings', me), ...sectionsFor('admin', me)].map(({ id }) => id)
  return [
    ...shown.map((id) => place(id, sectionPath(id), t(`settings.${id}`), '')),
    ...shown.flatMap((id) => personalPlaces(id, me.actor?.type === 'guest')),
    ...(known?.fields ?? []).flatMap((field) => {
      const page = pageOf(field.section)
      if (!page || !shown.includes(page) || !isShown(field)) return []
      const { key, control } = field
      const options = control.type === 'choice' ? control.options : []
      const words = [key, hintOf(key), ...options.map((option) => wordFor(key, option))]
      return [place(page, `/main/admin/${page}#${key}`, labelOf(key), words.join(' '))]
    }),
  ]
}

function personalPlaces(id: SettingsSection, isGuest: boolean): Place[] {
  const all = personal[id as PersonalSection] ?? []
  const texts = all.filter((text) => !isGuest || !notForGuests.includes(text))
  return texts.map((text) =>
    place(id, `/main/settings/${id as PersonalSection}#${text}`, nameIn(text), text),
  )
}

/** None of these texts is filled with anything. */
function nameIn(text: TextKey): string {
  return t(text as 'settings.title')
}

function place(section: SettingsSection, path: Path, label: string, words: string): Place {
  return { section, path, label, words }
}

/** The places that have every word somewhere; those first that have them in their names. */
export function placesLike(places: readonly Place[], typed: string): Place[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return []
  const has = (text: string) => wanted.every((word) => text.includes(word))
  const found = places.filter(({ label, words, section }) =>
    has(`${label} ${words} ${t(`settings.${section}`)}`.toLowerCase()),
  )
  const isNamed = ({ label }: Place) => has(label.toLowerCase())
  return [...found.filter(isNamed), ...found.filter((other) => !isNamed(other))]
}
