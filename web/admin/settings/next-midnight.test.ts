import { expect, it } from 'vitest'
import { nextMidnight } from './next-midnight.ts'

it.each([
  ['UTC', '2026-03-04T05:06:07Z', '2026-03-05T00:00:00Z'],
  ['Asia/Shanghai', '2026-03-04T15:59:30Z', '2026-03-04T16:00:00Z'],
  ['Asia/Shanghai', '2026-03-04T16:00:30Z', '2026-03-05T16:00:00Z'],
  ['Asia/Kathmandu', '2026-03-04T05:06:07Z', '2026-03-04T18:15:00Z'],
  ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T23:00:00Z'],
  ['America/New_York', '2026-03-08T06:30:00Z', '2026-03-09T04:00:00Z'],
])('in %s the day of %s ends at %s', (zone, now, end) => {
  expect(new Date(nextMidnight(zone, Date.parse(now)))).toEqual(new Date(end))
})
