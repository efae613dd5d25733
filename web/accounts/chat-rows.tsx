import { imageLimits } from '#contract/image-limits.ts'
import type { Preferences } from '#contract/preferences.ts'
import { t } from '../text/i18n.ts'
import { CardRow } from '../ui/card.tsx'
import { Select } from '../ui/field.tsx'
import { Segments } from '../ui/segments.tsx'
import { Switch } from '../ui/switch.tsx'
import { storePreference as store } from './store-preference.ts'

/** How messages are written and answers shown. */
export function ChatRows({ sendKey, reasoningExpand, showMetrics, originalImages }: Preferences) {
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
