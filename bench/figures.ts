/** One line of the report: what was measured in front of the same upstream, and what was wanted. */
export interface Figure {
  measure: string
  unit: string
  direct?: Values
  pipe?: Values
  reader?: Values
  object?: Values
  product: Values
  portkey?: Values
  /** Absent where the product promises nothing. */
  goal?: Goal
  /** How it was counted, where that is not plain. */
  note?: string
}

export type Values = number | readonly number[]

export interface Goal {
  text: string
  isMet: boolean
}

export interface SectionReport {
  name: string
  seconds: number
  /** The share of the machine that did something else meanwhile. */
  othersShare: number
  figures: Figure[]
}

/** A bound for each of the values, as in `≤ 25 / 100`. */
export function atMost(values: Values, bounds: Values, extra = ''): Goal {
  const limits = listOf(bounds)
  const isMet = listOf(values).every((value, index) => value <= (limits[index] ?? Infinity))
  return { text: `≤ ${limits.map(format).join(' / ')}${extra}`, isMet }
}

export function atLeast(value: number, bound: number, extra = ''): Goal {
  return { text: `≥ ${format(bound)}${extra}`, isMet: value >= bound }
}

export function both(first: Goal, second: Goal): Goal {
  return { text: `${first.text}, ${second.text}`, isMet: first.isMet && second.isMet }
}

const doors = ['direct', 'pipe', 'reader', 'object', 'product', 'portkey'] as const

export function table(figures: readonly Figure[]): string {
  // Whoever was not asked has no column.
  const shown = doors.filter((door) => figures.some((figure) => figure[door] !== undefined))
  const columns = ['measure', ...shown, 'unit', 'goal', '']
  const rows = [
    columns,
    ...figures.map((figure) => [
      figure.measure,
      ...shown.map((door) => show(figure[door])),
      figure.unit,
      figure.goal?.text ?? '–',
      figure.goal ? (figure.goal.isMet ? 'met' : 'MISSED') : '',
    ]),
  ]
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]!.length)))
  const lines = rows.map((row) =>
    row
      .map((cell, index) =>
        index >= 1 && index <= shown.length
          ? cell.padStart(widths[index]!)
          : cell.padEnd(widths[index]!),
      )
      .join('  ')
      .trimEnd(),
  )
  const notes = figures.flatMap(({ measure, note }) => (note ? [`  ${measure}: ${note}`] : []))
  return [lines[0], '-'.repeat(lines[0]!.length), ...lines.slice(1), ...notes].join('\n')
}

function show(values: Values | undefined): string {
  return values === undefined ? '' : listOf(values).map(format).join(' / ')
}

function format(value: number): string {
  if (Number.isNaN(value)) return '?'
  if (Math.abs(value) >= 10_000) return value.toLocaleString('en', { maximumFractionDigits: 0 })
  if (value !== 0 && Math.abs(value) < 0.1) return value.toFixed(4)
  if (Math.abs(value) >= 100) return String(Math.round(value))
  return String(Math.round(value * 10) / 10)
}

function listOf(values: Values): readonly number[] {
  return typeof values === 'number' ? [values] : values
}
