import type { Id } from '#contract/ids.ts'
import type { Model } from '#contract/models.ts'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import { Field, Select } from '../ui/field.tsx'
import { SearchInput } from '../ui/search-input.tsx'
import { channelsOf, hasMark, type ModelFilter, type ModelMark } from './model-filter.ts'

interface ModelFiltersProps {
  models: readonly Model[]
  filter: ModelFilter
  /** By which of them one may choose. */
  marks: readonly ModelMark[]
  onChange: (change: Partial<ModelFilter>) => void
}

/** What to look for among the models. */
export function ModelFilters({ models, filter, marks, onChange }: ModelFiltersProps) {
  const { search, connectionId, marks: chosen } = filter
  const channels = channelsOf(models)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-3">
        <SearchInput
          label={t('models.search')}
          value={search}
          className="min-w-56 flex-1"
          onChange={(typed) => onChange({ search: typed })}
        />
        {channels.length > 1 && (
          <Field label={t('models.connection')} hideLabel className="w-56 max-sm:w-full">
            <Select
              value={connectionId ?? ''}
              onChange={({ target }) =>
                onChange({ connectionId: (target.value || null) as Id<'connection'> | null })
              }
            >
              <option value="">{t('models.allConnections')}</option>
              {channels.map(({ id, name, models: n }) => (
                <option key={id} value={id}>
                  {t('models.connectionOption', { name, n })}
                </option>
              ))}
            </Select>
          </Field>
        )}
      </div>
      <div role="group" aria-label={t('models.marks')} className="flex flex-wrap gap-2">
        {marks.map((mark) => {
          const isOn = chosen.includes(mark)
          const count = models.filter((model) => hasMark(model, mark)).length
          return (
            <button
              key={mark}
              type="button"
              aria-pressed={isOn}
              onClick={() =>
                onChange({
                  marks: isOn ? chosen.filter((other) => other !== mark) : [...chosen, mark],
                })
              }
              className={classNames(
                'inline-flex h-8 items-center gap-1.5 rounded-full border px-3 text-sm ring-focus',
                'touch-target justify-center hover:bg-hover',
                isOn
                  ? 'border-accent bg-accent-soft font-medium text-accent'
                  : 'border-line-strong/60 text-muted',
              )}
            >
              {t(`models.mark.${mark}`)}
              <span className="tabular-nums">{count}</span>
            </button>
          )
        })}
      </div>
    </div>
  )
}
