import { Monitor, Moon, Sun } from 'lucide-react'
import { imageLimits } from '#contract/image-limits.ts'
import type { Preferences, PreferencesPatch } from '#contract/preferences.ts'
import { errorText } from '../api/error-text.ts'
import { updatePreferences, usePreferences } from '../api/me.ts'
import { languages, t } from '../text/i18n.ts'
import { Card, CardRow } from '../ui/card.tsx'
import { Select } from '../ui/field.tsx'
import { Section } from '../ui/section.tsx'
import { Segments } from '../ui/segments.tsx'
import { Switch } from '../ui/switch.tsx'
import { toast } from '../ui/toast.ts'
import { PersonalPrompt } from './personal-prompt.tsx'

/** How the page looks and behaves for whoever is signed in, on every device. */
export function PreferencesSection() {
  const preferences = usePreferences()
  return (
    <>
      <Section title={t('preferences.look')}>
        <Card>
          <LookRows {...preferences} />
        </Card>
      </Section>
      <Section title={t('preferences.chat')}>
        <Card>
          <ChatRows {...preferences} />
        </Card>
      </Section>
      <PersonalPrompt stored={preferences.personalPrompt ?? ''} />
    </>
  )
}

function LookRows({ theme, language, fontSize }: Preferences) {
  return (
    <>
      <CardRow label={t('theme.label')}>
        <Segments
          label={t('theme.label')}
          value={theme ?? 'system'}
          options={[
            { value: 'light', label: t('theme.light'), icon: <Sun aria-hidden /> },
            { value: 'dark', label: t('theme.dark'), icon: <Moon aria-hidden /> },
            { value: 'system', label: t('theme.systemShort'), icon: <Monitor aria-hidden /> },
          ]}
          onChange={(next) => store({ theme: next })}
        />
      </CardRow>
      <CardRow label={t('language.label')}>
        <Select
          aria-label={t('language.label')}
          className="w-48"
          value={language ?? 'auto'}
          onChange={({ target }) => store({ language: target.value as Preferences['language'] })}
        >
          <option value="auto">{t('language.auto')}</option>
          {Object.entries(languages).map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </CardRow>
      <CardRow label={t('preferences.fontSize')}>
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
    </>
  )
}

function ChatRows({ sendKey, reasoningExpand, showMetrics, originalImages }: Preferences) {
  return (
    <>
      <CardRow label={t('preferences.sendKey')} hint={t('preferences.sendKeyHint')}>
        <Segments
          label={t('preferences.sendKey')}
          value={sendKey}
          options={[
            { value: 'enter', label: 'Enter' },
            { value: 'ctrl-enter', label: 'Ctrl/⌘ + Enter' },
          ]}
          onChange={(next) => store({ sendKey: next })}
        />
      </CardRow>
      <CardRow label={t('preferences.reasoning')} hint={t('preferences.reasoningHint')}>
        <Select
          aria-label={t('preferences.reasoning')}
          className="w-48"
          value={String(reasoningExpand)}
          onChange={({ target: { value } }) =>
            store({ reasoningExpand: value === 'null' ? null : value === 'true' })
          }
        >
          <option value="null">{t('preferences.asInstalled')}</option>
          <option value="true">{t('preferences.reasoning.open')}</option>
          <option value="false">{t('preferences.reasoning.folded')}</option>
        </Select>
      </CardRow>
      <div className="px-5 py-4">
        <Switch
          label={t('preferences.metrics')}
          hint={t('preferences.metricsHint')}
          checked={showMetrics}
          onChange={(checked) => store({ showMetrics: checked })}
        />
      </div>
      <div className="px-5 py-4">
        <Switch
          label={t('preferences.originalImages')}
          hint={t('preferences.originalImagesHint', { n: imageLimits.reducedEdge })}
          checked={originalImages}
          onChange={(checked) => store({ originalImages: checked })}
        />
      </div>
    </>
  )
}

function store(patch: PreferencesPatch) {
  updatePreferences(patch).catch((error: unknown) => toast(errorText(error), { tone: 'danger' }))
}
