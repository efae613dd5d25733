import { expect, it } from 'vitest'
import { pollDelayMs } from './changes-poll.ts'

const now = 1_000_000
const minute = 60_000

it.each([
  ['every 2 s while somebody works in it', true, true, now - minute, 2_000],
  ['every 10 s when nobody has touched it for 2 min', true, true, now - 2 * minute, 10_000],
  ['every 10 s when another window has the focus', true, false, now, 10_000],
  ['not at all while it is hidden', false, false, now, null],
])('asks %s', (_, visible, focused, lastInputAt, delay) => {
  expect(pollDelayMs({ visible, focused, lastInputAt }, now)).toBe(delay)
})
