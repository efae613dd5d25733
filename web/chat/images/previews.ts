import type { AttachmentPart } from '../draft.ts'

type AttachmentId = AttachmentPart['attachmentId']

/** Images that were uploaded by this page are shown from what it has, without being fetched. */
const previews = new Map<AttachmentId, string>()
const previewsMax = 32

export function keepPreview(id: AttachmentId, url: string) {
  previews.set(id, url)
  const [oldest] = previews.keys()
  if (previews.size > previewsMax && oldest) dropPreview(oldest)
}

export function dropPreview(id: AttachmentId) {
  const url = previews.get(id)
  if (url) URL.revokeObjectURL(url)
  previews.delete(id)
}

export function sourceOf({ attachmentId, url }: AttachmentPart): string {
  return previews.get(attachmentId) ?? url
}
