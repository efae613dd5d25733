import { currentLanguage } from './i18n.ts'

const dayMs = 86_400_000

/** A moment to wait for: the time, with the day when it is not the next time the clock shows it. */
export function momentText(at: number, now = Date.now()): string {
  const language = currentLanguage()
  const date = new Date(at)
  const time = date.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' })
  if (at - now < dayMs) return time
  const options =
    at - now < 6 * dayMs ? { weekday: 'long' as const } : { dateStyle: 'medium' as const }
  return `${date.toLocaleDateString(language, options)} ${time}`
}
