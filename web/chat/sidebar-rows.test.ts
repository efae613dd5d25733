import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Conversation } from '#contract/conversations.ts'
import { rowOffsets, rowsInView, sidebarRows } from './sidebar-rows.ts'

const heights = { group: 30, conversation: 36 }
const now = new Date(2026, 2, 30, 9).getTime()

function rows(count: number) {
  const list = Array.from(
    { length: count },
    (_, index) =>
      ({ id: `cnv_${index}`, activeAt: now - index * 3_600_000, pinnedAt: null }) as Conversation,
  )
  return sidebarRows(list, now)
}

it('mounts every row that can be seen, and few more', () => {
  const all = rows(2_000)
  const offsets = rowOffsets(all, heights)
  const total = offsets.at(-1) ?? 0
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: total }),
      fc.integer({ min: 0, max: 2_000 }),
      (top, height) => {
        const { from, to } = rowsInView(offsets, { top, height })
        const missing = all.filter((_, index) => {
          const isSeen = (offsets[index + 1] ?? 0) > top && (offsets[index] ?? 0) < top + height
          return isSeen && (index < from || index >= to)
        })
        expect(missing).toEqual([])
        expect(to - from).toBeLessThanOrEqual(height / 15 + 4)
      },
    ),
    { numRuns: 50 },
  )
})

it('mounts nothing of an empty list', () => {
  expect(rowsInView(rowOffsets([], heights), { top: 0, height: 800 })).toEqual({ from: 0, to: 0 })
})

it('numbers conversations through all groups', () => {
  const positions = rows(40).flatMap((row) => (row.type === 'conversation' ? [row.position] : []))
  expect(positions).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
})
