const hourMs = 3_600_000

/** When the next day begins in a time zone: the first moment whose date there is another one. */
export function nextMidnight(timeZone: string, now: number): number {
  const dates = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  const today = dates.format(now)
  // No day has more than 25 hours, and some have no midnight.
  let [before, after] = [now, now + 26 * hourMs]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (dates.format(middle) === today) before = middle
    else after = middle
  }
  return after
}
