import { memo } from 'react'
import { inlines } from './markdown-inlines.tsx'
import type { Alignment, Table as TableNode, TableRow } from './markdown-tree.ts'
import { useTextLabels } from './text-labels.tsx'

/** A table as wide as it needs to be, scrolling sideways in a box of its own. */
export function Table({ table }: { table: TableNode }) {
  const labels = useTextLabels()
  const [head, ...rows] = table.children
  return (
    // A keyboard must be able to scroll the box, so the box takes the focus.
    <div className="markdown-table" role="group" aria-label={labels.table} tabIndex={0}>
      <table>
        <thead>{head && <Row row={head} align={table.align} isHead />}</thead>
        <tbody>
          {rows.map((row, index) => (
            <Row key={index} row={row} align={table.align} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  row: TableRow
  align: readonly Alignment[]
  isHead?: boolean
}

const Row = memo(
  function Row({ row, align, isHead = false }: RowProps) {
    const Cell = isHead ? 'th' : 'td'
    return (
      <tr>
        {row.children.map((cell, column) => (
          <Cell key={column} style={{ textAlign: align[column] ?? undefined }}>
            {inlines(cell.children)}
          </Cell>
        ))}
      </tr>
    )
  },
  // The alignment is decided with the head, before there is any row.
  (before, after) => before.row === after.row,
)
