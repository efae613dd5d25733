import { currentLanguage, t } from '../text/i18n.ts'
import type { ConversationStore } from './conversation-store.ts'
import { DetailsSection } from './details-section.tsx'
import { Fact, Facts } from './facts.tsx'
import { useConversationState } from './use-conversation.ts'

/** What a conversation has come to; nothing while it has not begun. */
export function ConversationFacts({ store }: { store: ConversationStore }) {
  const conversation = useConversationState(store, (state) => state.conversation)
  if (!conversation) return null
  const { messageCount, usage, createdAt } = conversation
  const language = currentLanguage()
  const number = (n: number) => n.toLocaleString(language)
  return (
    <DetailsSection title={t('details.conversation')}>
      <Facts>
        <Fact label={t('details.messages')}>{number(messageCount)}</Fact>
        <Fact label={t('details.read')}>{number(usage.inputTokens)}</Fact>
        <Fact label={t('details.written')}>{number(usage.outputTokens)}</Fact>
        <Fact label={t('details.created')}>
          <time dateTime={new Date(createdAt).toISOString()}>
            {new Date(createdAt).toLocaleString(language, {
              dateStyle: 'medium',
              timeStyle: 'short',
            })}
          </time>
        </Fact>
      </Facts>
    </DetailsSection>
  )
}
