import type { ConversationStore } from './conversation-store.ts'

export function ReplyAnnouncer(_props: { store: ConversationStore }) {
  return null
}
