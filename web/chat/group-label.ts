import { currentLanguage, t } from '../text/i18n.ts'
import type { GroupKey } from './conversation-groups.ts'

/** A group's heading; of a month in another year, with the year. */
export function groupLabel(key: GroupKey): string {
  if (key.type !== 'month') return t(`sidebar.group.${key.type}`)
  const month = new Date(key.startsAt)
  const isThisYear = month.getFullYear() === new Date().getFullYear()
  return month.toLocaleDateString(currentLanguage(), {
    month: 'long',
    ...(!isThisYear && { year: 'numeric' }),
  })
}
