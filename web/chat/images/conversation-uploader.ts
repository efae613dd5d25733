import { deleteAttachment, uploadAttachment } from '#contract/attachments.ts'
import { preferencesDefault } from '#contract/preferences.ts'
import { call } from '../../api/call.ts'
import { meValue } from '../../api/me.ts'
import { upload } from '../../api/upload.ts'
import type { ConversationStore } from '../conversation-store.ts'
import type { AttachmentPart } from '../draft.ts'
import { drafts } from '../drafts.ts'
import { prepareImage } from './prepare-image.ts'
import { dropPreview, keepPreview } from './previews.ts'
import { createUploader, type Uploader } from './uploader.ts'
import { uploadsOf } from './uploads.ts'

const uploaders = new WeakMap<ConversationStore, Uploader>()

/** What brings images into the draft of a conversation. */
export function uploaderOf(store: ConversationStore): Uploader {
  const known = uploaders.get(store)
  if (known) return known
  const uploader = createUploader(uploadsOf(store.id), {
    prepare(file) {
      const { originalImages } = meValue.get().preferences ?? preferencesDefault
      return prepareImage(file, originalImages)
    },
    send: (file, options) => upload(uploadAttachment, file, options),
    images: () => drafts.imagesOf(store.draftKey()),
    add(image, previewUrl) {
      keepPreview(image.attachmentId, previewUrl)
      drafts.addImage(store.draftKey(), image)
    },
    urlOf: (file) => URL.createObjectURL(file),
    revoke: (url) => URL.revokeObjectURL(url),
  })
  uploaders.set(store, uploader)
  return uploader
}

/** Takes an image out of the draft. The server keeps it only where a message has it. */
export function removeImage(store: ConversationStore, { attachmentId }: AttachmentPart) {
  drafts.removeImage(store.draftKey(), attachmentId)
  dropPreview(attachmentId)
  call(deleteAttachment, { params: { id: attachmentId } }).catch(() => {})
}
