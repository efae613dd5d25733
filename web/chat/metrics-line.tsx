import type { Message } from '#contract/message.ts'
import { currentLanguage, t } from '../text/i18n.ts'

/** How fast and how long a reply was, as far as that is known. */
export function MetricsLine({ message }: { message: Message }) {
  const { metrics, usage, parts } = message
  if (parts.length === 0) return null
  const figures = [
    metrics?.firstTokenMs != null &&
      t('metrics.firstToken', { time: seconds(metrics.firstTokenMs) }),
    metrics?.tokensPerSecond != null &&
      t('metrics.speed', { n: Math.round(metrics.tokensPerSecond) }),
    usage?.totalTokens != null && t('metrics.tokens', { n: usage.totalTokens }),
  ].filter((figure) => figure !== false)
  if (figures.length === 0) return null
  return <p className="ml-auto text-xs tabular-nums text-muted">{figures.join(' · ')}</p>
}

function seconds(ms: number): string {
  const digits = ms < 9_950 ? 1 : 0
  const n = (ms / 1_000).toLocaleString(currentLanguage(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return t('time.seconds', { n })
}
