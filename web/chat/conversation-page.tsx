import type { Id } from '#contract/ids.ts'

/** The conversation on screen, or the welcome page when there is none. */
export default function ConversationPage({
  conversationId,
}: {
  conversationId: Id<'conversation'> | null
}) {
  return <h1 className="p-6">{conversationId}</h1>
}
