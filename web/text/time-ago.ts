import { currentLanguage } from './i18n.ts'

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** How long ago something was, in its largest whole unit: "4 hours ago". */
export function timeAgo(at: number, now = Date.now()): string {
  const format = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' })
  const past = Math.max(0, now - at)
  for (const [unit, ms] of units) {
    if (past >= ms) return format.format(-Math.floor(past / ms), unit)
  }
  return format.format(0, 'second')
}
