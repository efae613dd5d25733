import type { Id } from '#contract/ids.ts'
import { isContinuable, type Message } from '#contract/message.ts'
import { textOf } from '#contract/parts.ts'
import { errorText } from '../api/error-text.ts'
import { copyText } from '../text/copy-text.ts'
import { t } from '../text/i18n.ts'
import { toast } from '../ui/toast.ts'
import { messageOf, type ConversationState } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import type { MessageId } from './thread-state.ts'
import { focusComposer } from './focus-composer.ts'
import { askNow } from './use-ask.ts'
import { jumpToEnd } from './view-state.ts'

/** Copies the text as it was written: Markdown, of a reply. */
export async function copyMessage(message: Message) {
  if (await copyText(textOf(message.parts))) toast(t('chat.copied'), { durationMs: 1_500 })
  else toast(t('chat.copyFailed'), { tone: 'danger' })
}

/** Another reply in the place of `reply`: of the model that wrote it, or of `modelId`. */
export function retryReply(store: ConversationStore, reply: Message, modelId?: Id<'model'>) {
  if (!reply.parentId) return
  const { options } = askNow(store)
  const chosen = modelId ?? reply.model?.id ?? options.modelId
  void store.regenerate(reply.parentId, { ...options, ...(chosen && { modelId: chosen }) })
  followNew(store)
}

export function continueReply(store: ConversationStore, reply: Message) {
  const { options } = askNow(store)
  const chosen = reply.model?.id ?? options.modelId
  void store.continue(reply.id, { ...options, ...(chosen && { modelId: chosen }) })
  followNew(store)
}

export function selectMessage(store: ConversationStore, id: MessageId) {
  store.select(id).catch(tell)
}

export function removeMessage(store: ConversationStore, id: MessageId): Promise<void> {
  return store.remove(id).catch(tell)
}

export function stopReply(store: ConversationStore) {
  store.stop().catch(tell)
}

/** The newest message of a role in the thread that is loaded. */
export function lastOf(state: ConversationState, role: Message['role']): Message | null {
  const id = state.thread.findLast((each) => messageOf(state, each)?.role === role)
  return (id && messageOf(state, id)) ?? null
}

/** Whether `message` is the end of its thread and may be gone on with. */
export function mayContinue(message: Message): boolean {
  return isContinuable(message) && message.supersededBy === null
}

/** Shows the new reply. The button that asked for it is gone, and with it the reader's focus. */
function followNew(store: ConversationStore) {
  jumpToEnd(store)
  // On a touch screen it would bring the keyboard up over the answer.
  if (matchMedia('(pointer: fine)').matches) focusComposer()
}

function tell(error: unknown) {
  toast(errorText(error), { tone: 'danger' })
}
