import type { Actor } from '../contract/actor.ts'
import type { Conversation } from '../contract/conversations.ts'
import type { Settings } from '../contract/settings-registry.ts'

const dayMs = 86_400_000

/**
 * A conversation with the time at which it will be deleted by itself: a guest's go with the guest,
 * and what is not pinned goes once it has rested as long as the setting says. Pure.
 */
export function withExpiry(
  conversation: Conversation,
  actor: Actor,
  settings: Settings,
): Conversation {
  const days = settings['data.conversationRetentionDays']
  const rested =
    days === null || conversation.pinnedAt !== null ? null : conversation.activeAt + days * dayMs
  const ends = [rested, actor.type === 'guest' ? actor.expiresAt : null].filter(
    (end) => end !== null,
  )
  return { ...conversation, expiresAt: ends.length === 0 ? null : Math.min(...ends) }
}
