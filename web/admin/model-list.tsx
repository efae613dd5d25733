import { memo, useRef } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { Id } from '#contract/ids.ts'
import type { Model } from '#contract/models.ts'
import { t, useLanguage } from '../text/i18n.ts'
import { useListSpace, type ListSpace } from './list-space.ts'
import { ModelCard, ModelTableRow, tableColumns, type ModelActs } from './model-row.tsx'

interface ModelListProps extends ModelActs {
  models: readonly Model[]
  selected: ReadonlySet<Id<'model'>>
}

/** From here on the columns have room beside each other. */
const tableWidthMin = 780
const rowHeight = { table: 66, cards: 150 }
const columns = ['name', 'context', 'output', 'abilities', 'access', 'options'] as const

// Scrolling renders what comes into sight, and nothing that is there already.
const TableRow = memo(ModelTableRow)
const Card = memo(ModelCard)

/** All models, of which only those in sight are in the page: a table, or cards on a phone. */
export const ModelList = memo(function ModelList(props: ModelListProps) {
  useLanguage()
  const ref = useRef<HTMLDivElement>(null)
  const space = useListSpace(ref)
  const isTable = space !== null && space.width >= tableWidthMin
  return (
    <div
      ref={ref}
      {...(isTable
        ? { role: 'table', 'aria-rowcount': props.models.length + 1 }
        : { role: 'list' })}
      aria-label={t('models.list')}
      className="rounded-card border border-line bg-surface shadow-soft dark:bg-raised/40"
    >
      {isTable && <Head />}
      {space && <Rows key={isTable ? 'table' : 'cards'} {...props} {...{ space, isTable }} />}
    </div>
  )
})

function Head() {
  return (
    <div role="rowgroup">
      <div
        role="row"
        aria-rowindex={1}
        className={`${tableColumns} border-b border-line px-3 py-2 text-xs font-medium text-muted`}
      >
        <span role="columnheader">
          <span className="sr-only">{t('models.selectAll')}</span>
        </span>
        {columns.map((column) => (
          <span key={column} role="columnheader">
            {column === 'options' ? (
              <span className="sr-only">{t('models.column.options')}</span>
            ) : (
              t(`models.column.${column}`)
            )}
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

function Rows({ models, selected, space, isTable, ...acts }: RowsProps) {
  // oxlint-disable-next-line react/incompatible-library -- what it gives is used here, not memoised
  const virtualizer = useVirtualizer({
    count: models.length,
    getScrollElement: () => space.scroller,
    estimateSize: () => (isTable ? rowHeight.table : rowHeight.cards),
    getItemKey: (index) => models[index]?.id ?? index,
    scrollMargin: space.offset,
    overscan: 4,
  })
  const Row = isTable ? TableRow : Card
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
            <Row model={model} isSelected={selected.has(model.id)} {...acts} />
          </div>
        )
      })}
    </div>
  )
}
