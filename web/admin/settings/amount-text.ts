import { currentLanguage, t } from '../../text/i18n.ts'
import type { Unit } from './setting-field.ts'

const intlUnits = {
  milliseconds: 'millisecond',
  seconds: 'second',
  minutes: 'minute',
  hours: 'hour',
  days: 'day',
} as const
type TimeUnit = keyof typeof intlUnits

export function isTime(unit: Unit): unit is TimeUnit {
  return unit in intlUnits
}

/** A number with its unit, in the words of the language. */
export function amountText(n: number, unit: Unit | null): string {
  if (unit === null) return n.toLocaleString(currentLanguage(), { maximumFractionDigits: 3 })
  if (isTime(unit)) return formatOf(unit).format(n)
  return t('unit.amount', { n, unit: t(`unit.${unit}`, { n }) })
}

/** The unit alone, as it stands behind `n`. */
export function unitText(n: number, unit: Unit): string {
  if (!isTime(unit)) return t(`unit.${unit}`, { n })
  const parts = formatOf(unit).formatToParts(n)
  return parts.find(({ type }) => type === 'unit')?.value ?? ''
}

function formatOf(unit: TimeUnit): Intl.NumberFormat {
  return new Intl.NumberFormat(currentLanguage(), {
    style: 'unit',
    unit: intlUnits[unit],
    unitDisplay: 'long',
    maximumFractionDigits: 3,
  })
}

/** From how many of a unit on the next longer one reads better. */
const longer: Partial<Record<Unit, { from: number; size: number; unit: Unit }>> = {
  seconds: { from: 120, size: 60, unit: 'minutes' },
  minutes: { from: 120, size: 60, unit: 'hours' },
  hours: { from: 48, size: 24, unit: 'days' },
}

/** The same time in a longer unit where that comes out even; null where it does not. */
export function longerUnitText(n: number, unit: Unit | null): string | null {
  const step = unit && longer[unit]
  if (!step || n < step.from || n % step.size !== 0) return null
  const inLonger = n / step.size
  return longerUnitText(inLonger, step.unit) ?? amountText(inLonger, step.unit)
}
