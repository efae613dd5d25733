import type { Conversation } from '#contract/conversations.ts'

/** Where in the list a conversation stands; `month` names the first day of one. */
export type GroupKey =
  | { type: 'pinned' | 'today' | 'yesterday' | 'week' | 'thirtyDays' }
  | { type: 'month'; startsAt: number }

export interface ConversationGroup {
  key: GroupKey
  items: Conversation[]
}

/** Pinned first, each part by last activity: the order in which the server lists them. */
export function inListOrder(conversations: Iterable<Conversation>): Conversation[] {
  return [...conversations].sort(
    (a, b) =>
      Number(b.pinnedAt !== null) - Number(a.pinnedAt !== null) ||
      b.activeAt - a.activeAt ||
      (a.id === b.id ? 0 : a.id < b.id ? 1 : -1),
  )
}

/** The list cut into its groups, for conversations in list order, by the reader's own calendar. */
export function groupConversations(
  conversations: readonly Conversation[],
  now: number,
): ConversationGroup[] {
  const groups: ConversationGroup[] = []
  for (const conversation of conversations) {
    const key = groupKeyOf(conversation, now)
    const last = groups.at(-1)
    if (last && isSameKey(last.key, key)) last.items.push(conversation)
    else groups.push({ key, items: [conversation] })
  }
  return groups
}

function groupKeyOf({ pinnedAt, activeAt }: Conversation, now: number): GroupKey {
  if (pinnedAt !== null) return { type: 'pinned' }
  // A clock that runs behind the server's must not put new conversations nowhere.
  if (activeAt >= startOfDay(now, 0)) return { type: 'today' }
  if (activeAt >= startOfDay(now, 1)) return { type: 'yesterday' }
  if (activeAt >= startOfDay(now, 7)) return { type: 'week' }
  if (activeAt >= startOfDay(now, 30)) return { type: 'thirtyDays' }
  const day = new Date(activeAt)
  return { type: 'month', startsAt: new Date(day.getFullYear(), day.getMonth(), 1).getTime() }
}

/** By calendar, not by 24 hours: days on which the clocks change are shorter or longer. */
function startOfDay(now: number, daysAgo: number): number {
  const day = new Date(now)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysAgo).getTime()
}

function isSameKey(a: GroupKey, b: GroupKey): boolean {
  if (a.type === 'month' && b.type === 'month') return a.startsAt === b.startsAt
  return a.type === b.type
}
