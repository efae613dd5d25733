import { listConversations } from '#contract/conversations.ts'
import { call } from '../api/call.ts'
import { useIsGuest } from '../api/me.ts'
import { useRequest } from '../api/use-request.ts'

/** Whether the guest of this browser has conversations to take along to an account. */
export function useHasGuestConversations(): boolean {
  const isGuest = useIsGuest()
  const { state } = useRequest(`conversations of guest: ${isGuest}`, async (signal) => {
    if (!isGuest) return false
    const { items } = await call(listConversations, { query: { limit: 1 }, signal })
    return items.length > 0
  })
  return state.type === 'ready' && state.reply
}
