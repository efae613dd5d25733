import { memo } from 'react'
import type { ConversationStore } from './conversation-store.ts'
import { ReplyMessage } from './reply-message.tsx'
import type { MessageId } from './thread-state.ts'
import { useMessage, useRun } from './use-conversation.ts'
import { UserMessage } from './user-message.tsx'

interface MessageViewProps {
  store: ConversationStore
  id: MessageId
  isLast: boolean
}

/** One message of the thread. It renders again when it changes itself, not when others do. */
export const MessageView = memo(function MessageView({ store, id, isLast }: MessageViewProps) {
  const message = useMessage(store, id)
  const run = useRun(store, id)
  if (!message) return null
  if (message.role === 'user') return <UserMessage store={store} message={message} />
  return <ReplyMessage store={store} message={message} run={run} isLast={isLast} />
})
