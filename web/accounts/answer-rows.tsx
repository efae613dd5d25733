import type { Id } from '#contract/ids.ts'
import { listModels } from '#contract/models.ts'
import type { Preferences } from '#contract/preferences.ts'
import { Effort, Think } from '#contract/reasoning.ts'
import { call } from '../api/call.ts'
import { useRequest } from '../api/use-request.ts'
import { t } from '../text/i18n.ts'
import { CardRow, SwitchRow } from '../ui/card.tsx'
import { Select } from '../ui/field.tsx'
import { Switch } from '../ui/switch.tsx'
import { storePreference as store } from './store-preference.ts'

/** What new conversations begin with. */
export function AnswerRows({ preferredModelId, reasoning, contextEnabled }: Preferences) {
  const { enabled, effort, think } = reasoning
  return (
    <>
      <ModelRow preferredId={preferredModelId} />
      <CardRow
        id="preferences.think"
        label={t('preferences.think')}
        hint={t('preferences.thinkHint')}
      >
        <Select
          aria-label={t('preferences.think')}
          className="w-48"
          value={String(enabled)}
          onChange={({ target: { value } }) =>
            store({ reasoning: { enabled: value === 'null' ? null : value === 'true' } })
          }
        >
          <option value="null">{t('preferences.asInstalled')}</option>
          <option value="true">{t('composer.level.on')}</option>
          <option value="false">{t('composer.level.off')}</option>
        </Select>
      </CardRow>
      <LevelRow
        name="effort"
        value={effort}
        levels={Effort.options}
        onChange={(next) => store({ reasoning: { effort: next } })}
      />
      <LevelRow
        name="ollamaThink"
        value={think}
        levels={Think.options}
        onChange={(next) => store({ reasoning: { think: next } })}
      />
      <SwitchRow id="preferences.context">
        <Switch
          label={t('preferences.context')}
          hint={t('preferences.contextHint')}
          checked={contextEnabled}
          onChange={(checked) => store({ contextEnabled: checked })}
        />
      </SwitchRow>
    </>
  )
}

function ModelRow({ preferredId }: { preferredId: Id<'model'> | null }) {
  const { state } = useRequest('models', (signal) => call(listModels, { signal }))
  const models =
    state.type === 'ready'
      ? state.reply.items.filter(({ kind, available }) => kind !== 'embedding' && available)
      : []
  const isThere = models.some(({ id }) => id === preferredId)
  return (
    <CardRow
      id="preferences.model"
      label={t('preferences.model')}
      hint={t('preferences.modelHint')}
    >
      <Select
        aria-label={t('preferences.model')}
        className="w-56"
        disabled={models.length === 0}
        value={isThere ? (preferredId ?? '') : ''}
        onChange={({ target }) => store({ preferredModelId: target.value as Id<'model'> })}
      >
        {!isThere && <option value="">{t('preferences.firstModel')}</option>}
        {models.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Select>
    </CardRow>
  )
}

interface LevelRowProps<Level extends Effort | Think> {
  name: 'effort' | 'ollamaThink'
  value: Level | null
  levels: readonly Level[]
  onChange: (level: Level | null) => void
}

function LevelRow<Level extends Effort | Think>(props: LevelRowProps<Level>) {
  const { name, value, levels, onChange } = props
  return (
    <CardRow
      id={`preferences.${name}`}
      label={t(`preferences.${name}`)}
      hint={t(`preferences.${name}Hint`)}
    >
      <Select
        aria-label={t(`preferences.${name}`)}
        className="w-48"
        value={value ?? ''}
        onChange={({ target }) => onChange(levels.find((level) => level === target.value) ?? null)}
      >
        <option value="">{t('preferences.asInstalled')}</option>
        {levels.map((level) => (
          <option key={level} value={level}>
            {levelName(level)}
          </option>
        ))}
      </Select>
    </CardRow>
  )
}

function levelName(level: Effort | Think): string {
  return t(`composer.level.${level}`)
}
