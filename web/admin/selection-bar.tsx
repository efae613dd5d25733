import type { ReactNode } from 'react'
import type { Id } from '#contract/ids.ts'
import type { Model } from '#contract/models.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { classNames } from '../ui/class-names.ts'

interface SelectionBarProps {
  shown: readonly Model[]
  total: number
  selected: ReadonlySet<Id<'model'>>
  onSelect: (selected: ReadonlySet<Id<'model'>>) => void
  /** What can be done with the selected ones. */
  children: ReactNode
}

/** How many models there are and are selected, and what can be done with those. */
export function SelectionBar(props: SelectionBarProps) {
  const { shown, total, selected, onSelect, children } = props
  const isAll = shown.length > 0 && shown.every(({ id }) => selected.has(id))
  return (
    <div
      className={classNames(
        'flex min-h-9 flex-wrap items-center gap-x-3 gap-y-2 px-3',
        // In reach however far one has scrolled.
        selected.size > 0 &&
          'sticky top-0 z-10 -mx-1 rounded-control bg-raised px-4 py-1.5 shadow-float',
      )}
    >
      <Checkbox
        label={t('models.selectAll')}
        hideLabel
        checked={isAll}
        onChange={(checked) => onSelect(new Set(checked ? shown.map(({ id }) => id) : []))}
        className="pointer-coarse:w-8 pointer-coarse:justify-center"
      />
      <p role="status" className="flex-auto whitespace-nowrap text-sm text-muted">
        {selected.size > 0
          ? t('models.selected', { n: selected.size })
          : t('models.count', { n: shown.length, total })}
      </p>
      {selected.size > 0 && (
        <>
          <Button size="small" variant="ghost" onClick={() => onSelect(new Set())}>
            {t('models.clearSelection')}
          </Button>
          {children}
        </>
      )}
    </div>
  )
}
