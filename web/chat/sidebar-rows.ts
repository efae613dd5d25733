import type { Conversation } from '#contract/conversations.ts'
import { groupConversations, type GroupKey } from './conversation-groups.ts'

/** A line of the sidebar's list. */
export type SidebarRow =
  | { type: 'group'; groupKey: GroupKey }
  | { type: 'conversation'; conversation: Conversation; position: number }

export interface RowHeights {
  group: number
  conversation: number
}

/** The list as lines: each group's heading followed by its conversations. */
export function sidebarRows(conversations: readonly Conversation[], now: number): SidebarRow[] {
  let position = 0
  return groupConversations(conversations, now).flatMap(({ key, items }) => [
    { type: 'group' as const, groupKey: key },
    ...items.map((conversation) => ({
      type: 'conversation' as const,
      conversation,
      position: ++position,
    })),
  ])
}

/** Where each row begins, and at the last place where the list ends. */
export function rowOffsets(rows: readonly SidebarRow[], heights: RowHeights): number[] {
  const offsets = [0]
  for (const { type } of rows) offsets.push((offsets.at(-1) ?? 0) + heights[type])
  return offsets
}

/** The rows to mount: those in view, and some on each side so that scrolling shows no gap. */
export function rowsInView(
  offsets: readonly number[],
  view: { top: number; height: number },
): { from: number; to: number } {
  const margin = view.height / 2
  const from = firstAtOrAfter(offsets, view.top - margin) - 1
  const to = firstAtOrAfter(offsets, view.top + view.height + margin)
  return { from: Math.max(0, from), to: Math.min(offsets.length - 1, to) }
}

function firstAtOrAfter(offsets: readonly number[], y: number): number {
  let low = 0
  let high = offsets.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((offsets[middle] ?? 0) < y) low = middle + 1
    else high = middle
  }
  return low
}
