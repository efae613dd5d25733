import type { Message } from '#contract/message.ts'
import { textOf } from '#contract/parts.ts'
import { Announcer } from '../text/announcer.tsx'
import { t } from '../text/i18n.ts'
import type { ConversationStore } from './conversation-store.ts'
import { lastOf } from './message-acts.ts'
import { problemText } from '../api/problem-text.ts'
import { useConversationState } from './use-conversation.ts'

/** Reads the newest reply to those who cannot see it, and how it ended. */
export function ReplyAnnouncer({ store }: { store: ConversationStore }) {
  const reply = useConversationState(store, (state) => lastOf(state, 'assistant'))
  if (!reply) return <Announcer replyId={null} text="" state="none" />
  return (
    <Announcer
      replyId={reply.id}
      text={textOf(reply.parts)}
      step={stepOf(reply)}
      {...outcomeOf(reply.state)}
    />
  )
}

function outcomeOf(state: Message['state']) {
  switch (state.type) {
    case 'pending':
    case 'running':
      return { state: 'answering' as const }
    case 'complete':
      return { state: 'complete' as const }
    case 'cancelled':
      return { state: 'stopped' as const }
    case 'interrupted':
      return { state: 'failed' as const, reason: t('message.interrupted') }
    case 'failed':
      return { state: 'failed' as const, reason: problemText(state.problem) }
    default:
      return state satisfies never
  }
}

/** The tool at work, by name. */
function stepOf({ parts }: Message): string | undefined {
  const last = parts.at(-1)
  return last?.type === 'tool' && last.stage === 'start' ? last.name : undefined
}
