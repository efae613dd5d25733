import { memo } from 'react'
import { Ban, Check } from 'lucide-react'
import type { Audience, Model } from '#contract/models.ts'
import { t, useLanguage } from '../../text/i18n.ts'
import { classNames } from '../../ui/class-names.ts'
import { Field, Select } from '../../ui/field.tsx'
import { audiences, type AccessWord } from '../model-draft.ts'
import type { ListLook } from '../model-list.tsx'
import { ModelMarks, ModelSelection } from '../model-parts.tsx'

interface AccessRowProps {
  model: Model
  isSelected: boolean
  isTable: boolean
  /** What `inherit` comes to. */
  user: 'allow' | 'deny'
  guest: 'allow' | 'deny'
  onSelect: (model: Model, isSelected: boolean) => void
  onSet: (models: readonly Model[], audience: Audience, word: AccessWord) => void
}

const grid = 'grid grid-cols-[1.25rem_minmax(0,1fr)_14.5rem_14.5rem] items-center gap-x-3'

export function accessListLook(): ListLook {
  return {
    grid,
    columns: [
      { id: 'select', label: t('models.selectAll'), isHidden: true },
      { id: 'model', label: t('access.column.model') },
      ...audiences.map((id) => ({ id, label: t(`access.column.${id}`) })),
    ],
    tableWidthMin: 680,
    rowHeight: { table: 61, cards: 165 },
  }
}

/** A model, and for each audience what is set and what comes of it. */
export const AccessRow = memo(function AccessRow(props: AccessRowProps) {
  useLanguage()
  const { model, isTable } = props
  if (isTable) {
    return (
      <div className={`${grid} px-3 py-2.5 text-sm`}>
        <span role="cell">
          <ModelSelection {...props} />
        </span>
        <span role="cell" className="min-w-0">
          <Name model={model} />
        </span>
        {audiences.map((audience) => (
          <span key={audience} role="cell">
            <AccessChoice {...props} audience={audience} />
          </span>
        ))}
      </div>
    )
  }
  return (
    <div className="flex items-start gap-2 px-3 py-3 text-sm">
      <ModelSelection {...props} />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <Name model={model} />
        {audiences.map((audience) => (
          <div key={audience} className="flex items-center gap-2">
            <span aria-hidden className="w-16 shrink-0 text-xs text-muted">
              {t(`access.column.${audience}`)}
            </span>
            <AccessChoice {...props} audience={audience} />
          </div>
        ))}
      </div>
    </div>
  )
})

function Name({ model }: { model: Model }) {
  const { label, name, channel } = model
  return (
    <>
      <span className="block truncate font-medium">{label}</span>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="max-w-full truncate text-xs text-muted">
          {name === label ? channel : `${name} · ${channel}`}
        </span>
        <ModelMarks model={{ ...model, overridden: false }} />
      </span>
    </>
  )
}

/** What is set for an audience; the sign before it is what comes of that. */
function AccessChoice({
  model,
  audience,
  onSet,
  ...defaults
}: AccessRowProps & { audience: Audience }) {
  const word = model.access?.[audience] ?? 'inherit'
  const isAllowed = model.resolvedAccess?.[audience].decision === 'allow'
  const Icon = isAllowed ? Check : Ban
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2">
      <Icon
        aria-hidden
        className={classNames('size-4 shrink-0', isAllowed ? 'text-success' : 'text-muted')}
      />
      <Field
        label={t('access.choice', { audience: t(`access.column.${audience}`), name: model.label })}
        hideLabel
        className="min-w-0 flex-1"
      >
        <Select
          value={word}
          onChange={({ target }) => onSet([model], audience, target.value as AccessWord)}
        >
          <option value="inherit">
            {t('access.inherit', { decision: t(`models.access.${defaults[audience]}`) })}
          </option>
          <option value="allow">{t('models.allow')}</option>
          <option value="deny">{t('models.deny')}</option>
        </Select>
      </Field>
    </span>
  )
}
