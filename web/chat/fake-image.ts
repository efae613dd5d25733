import { idFrom } from '#contract/ids.ts'
import type { AttachmentPart } from './draft.ts'

/** An uploaded image, for tests. */
export function fakeImage(name: string, over: Partial<AttachmentPart> = {}): AttachmentPart {
  const attachmentId = idFrom('attachment', `${name}x`)
  return {
    type: 'attachment',
    attachmentId,
    mediaType: 'image/png',
    bytes: 1_000,
    width: 40,
    height: 30,
    name: `${name}.png`,
    url: `/api/attachments/${attachmentId}`,
    ...over,
  }
}
