import { memo, useRef, type ReactNode } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { Model } from '#contract/models.ts'
import { t, useLanguage } from '../text/i18n.ts'
import { useListSpace, type ListSpace } from './list-space.ts'

/** What a list of models has in its columns, and how much room that takes. */
export interface ListLook {
  /** The classes of the grid that the head shares with the rows. */
  grid: string
  columns: readonly { id: string; label: string; isHidden?: boolean }[]
  /** From here on the columns have room beside each other. */
  tableWidthMin: number
  rowHeight: { table: number; cards: number }
}

interface ModelListProps {
  models: readonly Model[]
  look: ListLook
  /** A row of the table, or a card on a phone; the same function as long as it shows the same. */
  show: (model: Model, isTable: boolean) => ReactNode
}

/** All models, of which only those in sight are in the page: a table, or cards on a phone. */
export const ModelList = memo(function ModelList(props: ModelListProps) {
  useLanguage()
  const { models, look } = props
  const ref = useRef<HTMLDivElement>(null)
  const space = useListSpace(ref)
  const isTable = space !== null && space.width >= look.tableWidthMin
  return (
    <div
      ref={ref}
      {...(isTable ? { role: 'table', 'aria-rowcount': models.length + 1 } : { role: 'list' })}
      aria-label={t('models.list')}
      className="rounded-card border border-line bg-surface shadow-soft dark:bg-raised/40"
    >
      {isTable && <Head look={look} />}
      {space && <Rows key={isTable ? 'table' : 'cards'} {...props} {...{ space, isTable }} />}
    </div>
  )
})

function Head({ look }: { look: ListLook }) {
  return (
    <div role="rowgroup">
      <div
        role="row"
        aria-rowindex={1}
        className={`${look.grid} border-b border-line px-3 py-2 text-xs font-medium text-muted`}
      >
        {look.columns.map(({ id, label, isHidden = false }) => (
          <span key={id} role="columnheader">
            {isHidden ? <span className="sr-only">{label}</span> : label}
          </span>
        ))}
      </div>
    </div>
  )
}

interface RowsProps extends ModelListProps {
  space: ListSpace
  isTable: boolean
}

function Rows({ models, look, show, space, isTable }: RowsProps) {
  const { rowHeight } = look
  // oxlint-disable-next-line react/incompatible-library -- what it gives is used here, not memoised
  const virtualizer = useVirtualizer({
    count: models.length,
    getScrollElement: () => space.scroller,
    estimateSize: () => (isTable ? rowHeight.table : rowHeight.cards),
    getItemKey: (index) => models[index]?.id ?? index,
    scrollMargin: space.offset,
    overscan: 4,
  })
  return (
    <div
      role={isTable ? 'rowgroup' : 'presentation'}
      className="relative"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ key, index, start }) => {
        const model = models[index]
        if (!model) return null
        return (
          <div
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            {...(isTable
              ? { role: 'row', 'aria-rowindex': index + 2 }
              : { role: 'listitem', 'aria-posinset': index + 1, 'aria-setsize': models.length })}
            className="absolute inset-x-0 top-0 border-b border-line last:border-0"
            style={{ transform: `translateY(${start - space.offset}px)` }}
          >
            {show(model, isTable)}
          </div>
        )
      })}
    </div>
  )
}
