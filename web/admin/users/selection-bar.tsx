import type { User } from '#contract/accounts.ts'
import type { Id } from '#contract/ids.ts'
import type { BulkAction } from '#contract/users.ts'
import { useMe } from '../../api/me.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { classNames } from '../../ui/class-names.ts'
import { fitFor } from './user-acts.ts'

interface SelectionBarProps {
  shown: readonly User[]
  total: number
  /** Also those of other pages. */
  selected: ReadonlyMap<Id<'user'>, User>
  onSelect: (users: readonly User[], isSelected: boolean) => void
  onClear: () => void
  onAct: (action: BulkAction) => void
}

const actions: BulkAction[] = ['approve', 'reject', 'enable', 'disable', 'delete']

/** How many accounts there are and are selected, and what can be done with those. */
export function SelectionBar(props: SelectionBarProps) {
  const { shown, total, selected, onSelect, onClear, onAct } = props
  const { actor } = useMe()
  const selectable = shown.filter(({ id }) => id !== actor?.id)
  const isAll = selectable.length > 0 && selectable.every(({ id }) => selected.has(id))
  const users = [...selected.values()]
  return (
    <div
      className={classNames(
        'flex min-h-9 flex-wrap items-center gap-x-3 gap-y-2 px-4',
        // In reach however far one has scrolled.
        selected.size > 0 && 'sticky top-0 z-10 rounded-control bg-raised py-1.5 shadow-float',
      )}
    >
      {selectable.length > 0 && (
        <Checkbox
          label={t('users.selectAll')}
          hideLabel
          checked={isAll}
          onChange={(checked) => onSelect(selectable, checked)}
          className="pointer-coarse:-mx-3 pointer-coarse:w-11 pointer-coarse:justify-center"
        />
      )}
      <p role="status" className="flex-auto whitespace-nowrap text-sm text-muted">
        {selected.size > 0
          ? t('users.selected', { n: selected.size })
          : t('users.count', { n: total })}
      </p>
      {selected.size > 0 && (
        <div className="flex flex-wrap gap-2">
          <Button size="small" variant="ghost" onClick={onClear}>
            {t('users.clearSelection')}
          </Button>
          {actions
            .filter((action) => fitFor(action, users).length > 0)
            .map((action) => (
              <Button
                key={action}
                size="small"
                variant={action === 'delete' ? 'danger' : 'secondary'}
                onClick={() => onAct(action)}
              >
                {t(action === 'delete' ? 'common.delete' : `users.${action}`)}
              </Button>
            ))}
        </div>
      )}
    </div>
  )
}
