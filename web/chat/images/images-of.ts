import type { Part } from '#contract/parts.ts'
import type { AttachmentPart } from '../draft.ts'

export function imagesOf(parts: readonly Part[]): AttachmentPart[] {
  return parts.flatMap((part) => (part.type === 'attachment' ? [part] : []))
}
