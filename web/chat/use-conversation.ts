import { useSyncExternalStore } from 'react'
import type { Message } from '#contract/message.ts'
import { messageOf, type ConversationState } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import type { Run } from './run.ts'
import type { MessageId } from './thread-state.ts'

/** What `select` finds in the state; the component renders again when that is another value. */
export function useConversationState<Selected>(
  store: ConversationStore,
  select: (state: ConversationState) => Selected,
): Selected {
  return useSyncExternalStore(store.subscribe, () => select(store.get()))
}

export function useMessage(store: ConversationStore, id: MessageId): Message | undefined {
  return useConversationState(store, (state) => messageOf(state, id))
}

export function useRun(store: ConversationStore, id: MessageId): Run | null {
  return useConversationState(store, (state) => state.runs.get(id) ?? null)
}
