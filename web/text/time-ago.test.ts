import { expect, it } from 'vitest'
import { timeAgo } from './time-ago.ts'

const minute = 60_000
const now = Date.UTC(2026, 10, 24)

it.each([
  [0, 'now'],
  [59_999, 'now'],
  [minute, '1 minute ago'],
  [59 * minute, '59 minutes ago'],
  [60 * minute, '1 hour ago'],
  [24 * 60 * minute, 'yesterday'],
  [-5 * minute, 'now'],
])('says of %i ms ago: %s', (past, text) => {
  expect(timeAgo(now - past, now)).toBe(text)
})
