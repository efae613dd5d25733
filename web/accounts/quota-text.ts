import type { Quota } from '#contract/quotas.ts'
import { currentLanguage, t } from '../text/i18n.ts'

/** What may still be sent today, in words; null where nothing limits it. */
export function quotaText(quota: Quota): string | null {
  const { remaining, resetsAt } = quota
  if (remaining === null) return null
  if (remaining > 0) return t('quota.left', { n: remaining })
  const time = new Date(resetsAt).toLocaleTimeString(currentLanguage(), {
    hour: '2-digit',
    minute: '2-digit',
  })
  return t('quota.none', { time })
}
