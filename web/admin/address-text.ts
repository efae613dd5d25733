import type { Problem } from '#contract/problems.ts'
import { t, type TextKey } from '../text/i18n.ts'

const reasons = {
  scheme: 'connections.refused.scheme',
  user_info: 'connections.refused.user_info',
  private: 'connections.refused.private',
  metadata: 'connections.refused.metadata',
  name: 'connections.refused.name',
  redirect: 'connections.refused.redirect',
  unresolved: 'connections.refused.unresolved',
} as const satisfies Record<string, TextKey>

/** Why an address was refused, and what would make it acceptable. */
export function refusedAddressText({ reason, detail }: Problem): string {
  const key = Object.hasOwn(reasons, String(reason)) && reasons[reason as keyof typeof reasons]
  return key ? t(key) : detail
}
