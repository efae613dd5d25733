import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Conversation } from '#contract/conversations.ts'
import { groupConversations, inListOrder } from './conversation-groups.ts'

const now = new Date(2026, 2, 30, 9, 30).getTime()
const at = (...date: [number, number, number, number?, number?]) => new Date(...date).getTime()

function conversation(activeAt: number, pinnedAt: number | null = null): Conversation {
  return { id: `cnv_${activeAt}`, activeAt, pinnedAt } as Conversation
}
const groupOf = (activeAt: number) => groupConversations([conversation(activeAt)], now)[0]?.key

it.each([
  [at(2026, 2, 30, 0, 0), 'today'],
  [now + 60_000, 'today'],
  [at(2026, 2, 29, 23, 59), 'yesterday'],
  [at(2026, 2, 29, 0, 0), 'yesterday'],
  [at(2026, 2, 28, 23, 59), 'week'],
  [at(2026, 2, 23), 'week'],
  [at(2026, 2, 22, 23, 59), 'thirtyDays'],
  [at(2026, 1, 28), 'thirtyDays'],
])('puts %i under %s', (activeAt, type) => {
  expect(groupOf(activeAt)).toEqual({ type })
})

it('puts older ones under their month, each year its own', () => {
  const [first, second] = groupConversations(
    [conversation(at(2026, 1, 20)), conversation(at(2025, 1, 20))],
    now,
  )
  expect(first?.key).toEqual({ type: 'month', startsAt: at(2026, 1, 1) })
  expect(second?.key).toEqual({ type: 'month', startsAt: at(2025, 1, 1) })
})

it('puts each conversation into exactly one group, and no group twice', () => {
  const times = fc.array(
    fc.tuple(fc.integer({ min: at(2020, 0, 1), max: now }), fc.option(fc.nat())),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(times, (all) => {
      const list = inListOrder(all.map(([activeAt, pinnedAt]) => conversation(activeAt, pinnedAt)))
      const groups = groupConversations(list, now)
      expect(groups.flatMap(({ items }) => items)).toEqual(list)
      const keys = groups.map(({ key }) => JSON.stringify(key))
      expect(new Set(keys).size).toBe(keys.length)
    }),
  )
})
