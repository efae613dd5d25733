import { textOf } from '#contract/parts.ts'
import { messageOf } from './conversation-state.ts'
import { createConversationStore, type ConversationStore } from './conversation-store.ts'
import { conversationId, type FakeServer, messageId } from './fake-server.ts'

/** Lets everything that is under way arrive. */
export const settle = () => new Promise((resolve) => setTimeout(resolve))

export async function openStore(server: FakeServer): Promise<ConversationStore> {
  const store = createConversationStore(conversationId, server.deps())
  await store.load()
  return store
}

/** The texts of the thread, as they are shown. */
export function textsOf(store: ConversationStore): string[] {
  const state = store.get()
  return state.thread.map((id) => textOf(messageOf(state, id)?.parts ?? []))
}

export function lastOf(store: ConversationStore) {
  const state = store.get()
  const last = messageOf(state, state.thread.at(-1) ?? messageId('none'))
  if (!last) throw new Error('The thread is empty.')
  return last
}
