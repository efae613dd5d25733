import { imageLimits } from '../contract/image-limits.ts'
import type { Message } from '../contract/message.ts'
import { textOf, type Part } from '../contract/parts.ts'
import type { ImageRef, ImageRefs } from '../attachments/image-refs.ts'

export interface ImageChoice {
  /** The images of the thread that are still there. */
  known: ImageRefs
  /** How many of the newest are sent again; those of the message to answer always are. */
  historyMax: number
  /** False where the model is known to see nothing. */
  vision: boolean
}

/**
 * Which images of a thread go to the model, newest first, as many as one message may weigh; the
 * rest is told in words. `own` is the message to answer.
 */
export function imagesToSend(
  thread: readonly Message[],
  own: Message | undefined,
  { known, historyMax, vision }: ImageChoice,
): ReadonlyMap<Part, ImageRef> {
  const sent = new Map<Part, ImageRef>()
  if (!vision) return sent
  let bytes = 0
  for (const message of thread.toReversed()) {
    for (const part of message.parts.toReversed()) {
      const image = part.type === 'attachment' ? known.get(part.attachmentId) : undefined
      if (part.type !== 'attachment' || !image) continue
      bytes += part.bytes
      const isWanted = message === own || sent.size < historyMax
      if (!isWanted || bytes > imageLimits.messageBytesMax) return sent
      sent.set(part, image)
    }
  }
  return sent
}

/** The text of a message with a word for each image that is not sent along. */
export function textWithImages(
  parts: readonly Part[],
  sent: ReadonlyMap<Part, ImageRef> = new Map(),
): string {
  const words = parts.flatMap((part) =>
    part.type === 'attachment' && !sent.has(part) ? [imageWord(part.name)] : [],
  )
  return [textOf(parts), ...words].filter((line) => line !== '').join('\n')
}

/** What stands for an image that is not there, or not for this model. */
export function imageWord(name: string): string {
  return `[image: ${name}]`
}
