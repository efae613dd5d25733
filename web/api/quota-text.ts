import { useEffect } from 'react'
import { getMyQuota, type Quota } from '#contract/quotas.ts'
import { t } from '../text/i18n.ts'
import { momentText } from '../text/moment-text.ts'
import { call } from './call.ts'
import { setQuota, useMe } from './me.ts'

/** At this many and fewer the rest of the day's messages is marked. */
const fewMax = 10
const renewMs = 30_000

/** What may still be sent today and until when, in words; null where nothing limits it. */
export function quotaText({ remaining, resetsAt }: Quota, form: '' | 'Short' = ''): string | null {
  if (remaining === null) return null
  const time = momentText(resetsAt)
  return remaining === 0
    ? t(`quota.none${form}`, { time })
    : t(`quota.left${form}`, { n: remaining, time })
}

export function isScarce({ remaining }: Quota): boolean {
  return remaining !== null && remaining <= fewMax
}

/** Today's quota; a day that begins while the page is open brings a new one. */
export function useQuota(): Quota | null {
  const { quota } = useMe()
  const resetsAt = quota?.resetsAt
  useEffect(() => {
    if (resetsAt === undefined) return
    // Looked at now and then: a timer for midnight would not run while the machine sleeps.
    const timer = setInterval(() => {
      if (Date.now() >= resetsAt && document.visibilityState === 'visible') {
        call(getMyQuota).then(setQuota, () => {})
      }
    }, renewMs)
    return () => clearInterval(timer)
  }, [resetsAt])
  return quota
}
