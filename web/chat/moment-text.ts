import { currentLanguage } from '../text/i18n.ts'

const dayMs = 86_400_000

/** A moment to wait for: the time of today, with the day when it is another one. */
export function momentText(at: number, now = Date.now()): string {
  const language = currentLanguage()
  const date = new Date(at)
  const isToday = date.toDateString() === new Date(now).toDateString()
  const time = date.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' })
  if (isToday) return time
  const options =
    at - now < 6 * dayMs ? { weekday: 'long' as const } : { dateStyle: 'medium' as const }
  return `${date.toLocaleDateString(language, options)} ${time}`
}
