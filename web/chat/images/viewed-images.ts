import { createValue } from '../../api/value.ts'
import type { AttachmentPart } from '../draft.ts'

/** What is looked at closely; the page shows the viewer while there is something. */
export const viewedImages = createValue<{
  images: readonly AttachmentPart[]
  index: number
} | null>(null)
