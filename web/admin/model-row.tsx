import { memo } from 'react'
import { Ellipsis, Eye, EyeOff, Pencil, RotateCcw } from 'lucide-react'
import type { Model } from '#contract/models.ts'
import { t, useLanguage } from '../text/i18n.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import { MenuItem } from '../ui/menu-items.tsx'
import type { ListLook } from './model-list.tsx'
import { Abilities, Access, Limit, ModelMarks, ModelSelection } from './model-parts.tsx'

export interface ModelActs {
  onSelect: (model: Model, isSelected: boolean) => void
  onEdit: (model: Model) => void
  onHide: (model: Model, isHidden: boolean) => void
  onReset: (model: Model) => void
}

interface ModelRowProps extends ModelActs {
  model: Model
  isSelected: boolean
}

const grid =
  'grid grid-cols-[1.25rem_minmax(0,1fr)_8rem_8rem_7rem_5rem_2.25rem] items-center gap-x-3'
const columns = ['name', 'context', 'output', 'abilities', 'access'] as const

/** How the list of these rows looks, in the current language. */
export function modelListLook(): ListLook {
  return {
    grid,
    columns: [
      { id: 'select', label: t('models.selectAll'), isHidden: true },
      ...columns.map((id) => ({ id, label: t(`models.column.${id}`) })),
      { id: 'options', label: t('models.column.options'), isHidden: true },
    ],
    tableWidthMin: 780,
    rowHeight: { table: 66, cards: 150 },
  }
}

/** A model as a row of a table. Scrolling renders what comes into sight, and nothing there already. */
export const ModelTableRow = memo(function ModelTableRow(props: ModelRowProps) {
  useLanguage()
  const { model } = props
  return (
    <div className={`${grid} px-3 py-2.5 text-sm`}>
      <span role="cell">
        <ModelSelection {...props} />
      </span>
      <span role="cell" className="min-w-0">
        <Name {...props} />
      </span>
      <span role="cell">
        <Limit tokens={model.contextWindow} source={model.contextSource} />
      </span>
      <span role="cell">
        <Limit tokens={model.outputTokens} source={model.outputSource} />
      </span>
      <span role="cell">
        <Abilities model={model} />
      </span>
      <span role="cell">
        <Access model={model} />
      </span>
      <span role="cell" className="text-right">
        <Options {...props} />
      </span>
    </div>
  )
})

/** The same where there is no room for a table. */
export const ModelCard = memo(function ModelCard(props: ModelRowProps) {
  useLanguage()
  const { model } = props
  return (
    <div className="flex items-start gap-2 px-3 py-3 text-sm">
      <ModelSelection {...props} />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <Name {...props} />
        <dl className="grid grid-cols-2 gap-x-4 gap-y-1.5">
          <Fact label={t('models.column.context')}>
            <Limit tokens={model.contextWindow} source={model.contextSource} />
          </Fact>
          <Fact label={t('models.column.output')}>
            <Limit tokens={model.outputTokens} source={model.outputSource} />
          </Fact>
        </dl>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <Abilities model={model} />
          <Access model={model} />
        </div>
      </div>
      <Options {...props} />
    </div>
  )
})

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Name({ model, onEdit }: ModelRowProps) {
  const { label, name, channel } = model
  return (
    <div className="min-w-0">
      <button
        type="button"
        aria-label={t('models.editNamed', { name: label })}
        onClick={() => onEdit(model)}
        className="block max-w-full truncate rounded font-medium ring-focus hover:underline"
      >
        {label}
      </button>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="max-w-full truncate text-xs text-muted">
          {name === label ? channel : `${name} · ${channel}`}
        </span>
        <ModelMarks model={model} />
      </div>
    </div>
  )
}

function Options({ model, onEdit, onHide, onReset }: ModelRowProps) {
  const { label, hidden = false, overridden } = model
  return (
    <Menu
      align="end"
      trigger={(trigger) => (
        <IconButton
          label={t('models.menu', { name: label })}
          icon={<Ellipsis className="size-4.5" />}
          {...trigger}
        />
      )}
    >
      <MenuItem icon={<Pencil />} onSelect={() => onEdit(model)}>
        {t('models.edit')}
      </MenuItem>
      <MenuItem icon={hidden ? <Eye /> : <EyeOff />} onSelect={() => onHide(model, !hidden)}>
        {t(hidden ? 'models.show' : 'models.hide')}
      </MenuItem>
      {overridden && (
        <MenuItem icon={<RotateCcw />} onSelect={() => onReset(model)}>
          {t('models.reset')}
        </MenuItem>
      )}
    </Menu>
  )
}
