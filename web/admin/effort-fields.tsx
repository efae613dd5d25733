import { Effort } from '#contract/reasoning.ts'
import { t } from '../text/i18n.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { originalText, ResetButton } from './override-field.tsx'

interface EffortFieldsProps {
  /** Null while they are as the model's sources say. */
  efforts: readonly Effort[] | null
  original: readonly Effort[] | null
  onChange: (efforts: readonly Effort[] | null) => void
}

/** The levels of reasoning a model takes. */
export function EffortFields({ efforts, original, onChange }: EffortFieldsProps) {
  const taken = efforts ?? original ?? []
  const names = (original ?? []).map((effort) => t(`composer.level.${effort}`))
  const value = names.join(', ') || t('models.nothing')
  const toggle = (effort: Effort, isTaken: boolean) =>
    onChange(Effort.options.filter((each) => (each === effort ? isTaken : taken.includes(each))))
  return (
    <fieldset className="relative">
      <legend className="text-sm font-medium">{t('models.field.efforts')}</legend>
      <p className="mt-0.5 text-sm text-muted">
        {t('models.field.effortsHint')} {originalText({ value })}
      </p>
      <div className="mt-2 flex flex-wrap gap-x-5 gap-y-2">
        {Effort.options.map((effort) => (
          <Checkbox
            key={effort}
            label={t(`composer.level.${effort}`)}
            checked={taken.includes(effort)}
            onChange={(isTaken) => toggle(effort, isTaken)}
          />
        ))}
      </div>
      {efforts && <ResetButton field={t('models.field.efforts')} onReset={() => onChange(null)} />}
    </fieldset>
  )
}
