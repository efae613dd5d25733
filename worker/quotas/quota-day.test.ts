import { describe, expect, it } from 'vitest'
import { dayOf, nextDayAt } from './quota-day.ts'

describe('the quota day', () => {
  it.each([
    ['2026-01-01T15:59:59Z', 'Asia/Shanghai', '2026-01-01', 1_767_283_200_000],
    ['2026-01-01T16:00:00Z', 'Asia/Shanghai', '2026-01-02', 1_767_369_600_000],
    ['2026-03-08T04:59:00Z', 'America/New_York', '2026-03-07', 1_772_946_000_000],
    ['2026-03-08T12:00:00Z', 'America/New_York', '2026-03-08', 1_773_028_800_000],
    ['2026-11-01T12:00:00Z', 'America/New_York', '2026-11-01', 1_793_595_600_000],
    ['2024-01-01T23:59:58Z', 'UTC', '2024-01-01', Date.UTC(2024, 0, 2)],
  ])('at %s in %s is %s and ends at its next midnight', (at, zone, day, next) => {
    const now = Date.parse(at)
    expect(dayOf(now, zone)).toBe(day)
    expect(nextDayAt(now, zone)).toBe(next)
    expect(dayOf(next, zone)).not.toBe(day)
    expect(dayOf(next - 1, zone)).toBe(day)
  })
})
