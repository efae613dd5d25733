import { imageLimits } from '#contract/image-limits.ts'
import type { Preferences } from '#contract/preferences.ts'
import { t } from '../text/i18n.ts'
import { CardRow, SwitchRow } from '../ui/card.tsx'
import { Select } from '../ui/field.tsx'
import { Segments } from '../ui/segments.tsx'
import { Switch } from '../ui/switch.tsx'
import { storePreference as store } from './store-preference.ts'

/** How messages are written and answers shown. */
export function ChatRows({ sendKey, reasoningExpand, showMetrics, originalImages }: Preferences) {
  return (
    <>
      <CardRow
        id="preferences.sendKey"
        label={t('preferences.sendKey')}
        hint={t('preferences.sendKeyHint')}
      >
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
      <CardRow
        id="preferences.reasoning"
        label={t('preferences.reasoning')}
        hint={t('preferences.reasoningHint')}
      >
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
      <SwitchRow id="preferences.metrics">
        <Switch
          label={t('preferences.metrics')}
          hint={t('preferences.metricsHint')}
          checked={showMetrics}
          onChange={(checked) => store({ showMetrics: checked })}
        />
      </SwitchRow>
      <SwitchRow id="preferences.originalImages">
        <Switch
          label={t('preferences.originalImages')}
          hint={t('preferences.originalImagesHint', { n: imageLimits.reducedEdge })}
          checked={originalImages}
          onChange={(checked) => store({ originalImages: checked })}
        />
      </SwitchRow>
    </>
  )
}
