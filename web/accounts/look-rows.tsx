import { Monitor, Moon, Sun } from 'lucide-react'
import type { Preferences } from '#contract/preferences.ts'
import { useIsGuest } from '../api/me.ts'
import { languages, t } from '../text/i18n.ts'
import { CardRow } from '../ui/card.tsx'
import { Select } from '../ui/field.tsx'
import { Segments } from '../ui/segments.tsx'
import { useChosenLook } from './chosen-look.ts'
import { storePreference as store } from './store-preference.ts'

/** Theme, language, size and time zone. */
export function LookRows({ timeZone }: Preferences) {
  const { theme, language, fontSize } = useChosenLook()
  const isGuest = useIsGuest()
  return (
    <>
      <CardRow id="theme.label" label={t('theme.label')}>
        <Segments
          label={t('theme.label')}
          value={theme}
          options={[
            { value: 'light', label: t('theme.light'), icon: <Sun aria-hidden /> },
            { value: 'dark', label: t('theme.dark'), icon: <Moon aria-hidden /> },
            { value: 'system', label: t('theme.systemShort'), icon: <Monitor aria-hidden /> },
          ]}
          onChange={(next) => store({ theme: next })}
        />
      </CardRow>
      <CardRow id="language.label" label={t('language.label')}>
        <Select
          aria-label={t('language.label')}
          className="w-48"
          value={language}
          onChange={({ target }) => store({ language: target.value as typeof language })}
        >
          <option value="auto">{t('language.auto')}</option>
          {Object.entries(languages).map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </CardRow>
      <CardRow id="preferences.fontSize" label={t('preferences.fontSize')}>
        <Segments
          label={t('preferences.fontSize')}
          value={fontSize}
          options={[
            { value: 'small', label: t('preferences.fontSize.small') },
            { value: 'normal', label: t('preferences.fontSize.normal') },
            { value: 'large', label: t('preferences.fontSize.large') },
          ]}
          onChange={(next) => store({ fontSize: next })}
        />
      </CardRow>
      {!isGuest && <TimeZoneRow timeZone={timeZone} />}
    </>
  )
}

function TimeZoneRow({ timeZone }: { timeZone: string | null }) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const shown = timeZone ?? here
  const zones = [...new Set([shown, here, 'UTC', ...Intl.supportedValuesOf('timeZone')])].toSorted()
  return (
    <CardRow
      id="preferences.timeZone"
      label={t('preferences.timeZone')}
      hint={t('preferences.timeZoneHint')}
    >
      <Select
        aria-label={t('preferences.timeZone')}
        className="w-56"
        value={shown}
        onChange={({ target }) => store({ timeZone: target.value })}
      >
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </Select>
    </CardRow>
  )
}
