import { useShortcut } from '../ui/shortcuts.ts'
import type { FieldRef } from './composer-field.tsx'
import { currentRunOf } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { conversationsValue } from './conversations-store.ts'
import { listOf } from './conversations-state.ts'
import { copyMessage, lastOf, retryReply, stopReply } from './message-acts.ts'
import { chooseModel } from './model-button.tsx'
import { navigate } from '../ui/navigation.tsx'

interface ConversationShortcutsProps {
  store: ConversationStore
  fieldRef: FieldRef
}

/** The keys that act on the conversation on screen. */
export function ConversationShortcuts({ store, fieldRef }: ConversationShortcutsProps) {
  useShortcut('focusComposer', () => fieldRef.current?.focus())
  useShortcut('chooseModel', () => chooseModel(store))
  useShortcut('stop', () => {
    if (!currentRunOf(store.get())) return false
    stopReply(store)
  })
  useShortcut('copyLast', () => {
    const reply = lastOf(store.get(), 'assistant')
    if (reply) void copyMessage(reply)
  })
  useShortcut('retryLast', () => {
    const reply = lastOf(store.get(), 'assistant')
    if (reply && !currentRunOf(store.get())) retryReply(store, reply)
  })
  useShortcut('previousConversation', () => goBy(store, -1))
  useShortcut('nextConversation', () => goBy(store, 1))
  return null
}

/** Goes up or down in the list of conversations, from the top when none of them is open. */
function goBy(store: ConversationStore, step: 1 | -1) {
  const list = listOf(conversationsValue.get())
  const at = list.findIndex(({ id }) => id === store.id)
  const next = list[at < 0 ? 0 : at + step]
  if (next) navigate(`/main/${next.id}`)
}
