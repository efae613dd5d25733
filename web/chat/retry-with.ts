import type { Message } from '#contract/message.ts'
import { t } from '../text/i18n.ts'
import type { ConversationStore } from './conversation-store.ts'
import { retryReply } from './message-acts.ts'

/** The question for the model that shall answer in the place of `reply`. */
export function retryWith(store: ConversationStore, reply: Message) {
  return {
    title: t('message.retryWith'),
    currentId: reply.model?.id ?? null,
    onPick: (id: NonNullable<Message['model']>['id']) => retryReply(store, reply, id),
  }
}
