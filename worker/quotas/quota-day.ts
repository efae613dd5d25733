const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  formats.set(timeZone, format)
  return format
}

/** The calendar day (`YYYY-MM-DD`) of `now` in `timeZone`. */
export function dayOf(now: number, timeZone: string): string {
  return formatFor(timeZone).format(now)
}

const hourMs = 3_600_000

/**
 * The next local midnight after `now`, daylight saving respected: the first moment whose calendar
 * day is another one. Days last 23 to 25 hours, some zones shift by half hours at midnight itself,
 * so it is searched for rather than computed.
 */
export function nextDayAt(now: number, timeZone: string): number {
  const today = dayOf(now, timeZone)
  let low = now
  let high = now + hourMs
  while (dayOf(high, timeZone) === today) {
    low = high
    high += hourMs
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (dayOf(middle, timeZone) === today) low = middle
    else high = middle
  }
  return high
}

const midnights = new Map<string, number>()

/** The same, searched for once: finding it formats some thirty dates, and a zone has one a day. */
export function nextDayCached(now: number, timeZone: string): number {
  const key = `${dayOf(now, timeZone)} ${timeZone}`
  const known = midnights.get(key)
  if (known !== undefined) return known
  if (midnights.size > 100) midnights.clear()
  const at = nextDayAt(now, timeZone)
  midnights.set(key, at)
  return at
}
