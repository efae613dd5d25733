import { currentLanguage } from './i18n.ts'

/** Day and time of day of a moment, where the reader is. */
export function exactTime(at: number): string {
  return new Date(at).toLocaleString(currentLanguage(), {
    dateStyle: 'medium',
    timeStyle: 'medium',
  })
}
