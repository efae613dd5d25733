import { t } from '../text/i18n.ts'
import { Offline, Refused } from './refused.ts'

/** What to tell whoever asked for something that failed. */
export function errorText(error: unknown): string {
  if (error instanceof Refused) return error.problem.detail
  if (error instanceof Offline) return t('error.offline')
  return t('error.title')
}
