import type { Message } from '#contract/message.ts'
import { createValue, useValue } from '../../api/value.ts'
import type { AttachmentPart } from '../draft.ts'
import type { MessageId } from '../thread-state.ts'
import { imagesOf } from './images-of.ts'

/** Images taken out of messages being edited; they outlive a message's scrolling away. */
const removed = createValue<ReadonlyMap<MessageId, readonly AttachmentPart['attachmentId'][]>>(
  new Map(),
)

/** The images a message being edited still has. */
export function useEditedImages({ id, parts }: Message): AttachmentPart[] {
  const gone = useValue(removed).get(id) ?? []
  return imagesOf(parts).filter(({ attachmentId }) => !gone.includes(attachmentId))
}

export function removeEdited(id: MessageId, { attachmentId }: AttachmentPart) {
  const gone = removed.get().get(id) ?? []
  removed.set(new Map(removed.get()).set(id, [...gone, attachmentId]))
}

/** The editing is over: another one begins with all of them. */
export function forgetEdited(id: MessageId) {
  const next = new Map(removed.get())
  next.delete(id)
  removed.set(next)
}
