import {
  deleteAttachment as deleteEndpoint,
  readAttachment,
  refreshImageLinks,
  uploadAttachment,
  type Attachment,
} from '../contract/attachments.ts'
import { keepGuest } from '../accounts/guests.ts'
import { Fault } from '../platform/fault.ts'
import { newRoutes, pathId, serve } from '../platform/serve.ts'
import { findAttachment, newestAttachments, type AttachmentRow } from './attachments.ts'
import { blobKey } from './blobs.ts'
import { deleteAttachment } from './delete-attachments.ts'
import { imageBase, imageUrls, isSigned, type ImageUrl } from './image-urls.ts'
import { serveImage } from './serve-image.ts'
import { upload } from './upload.ts'

export const attachments = newRoutes()

const samplesMax = 5

serve(attachments, uploadAttachment, async ({ file, actor, context }) => {
  const now = Date.now()
  await keepGuest(context.env, actor, now)
  const row = await upload(context.env, await file(), actor.id, now)
  return toAttachment(row, imageUrls(context.env, context.get('settings'), context.req.url, now))
})

serve(attachments, readAttachment, async (call) => {
  const { env } = call.context
  const id = pathId('attachment', call.params.id)
  const isOpen = isSigned(env, id, call.query, Date.now())
  // Whoever has no signature needs to be somebody.
  const reader = isOpen ? null : call.actor.id
  const row = await findAttachment(env, id)
  if (row === null || (reader !== null && row.ownerId !== reader)) throw new Fault('not_found')
  const { sha256, mediaType, name } = row
  const image = { key: blobKey(sha256), sha256, mediaType, name }
  return serveImage(env, image, call.context.req.header('if-none-match'))
})

serve(attachments, deleteEndpoint, async ({ params, actor, context }) =>
  deleteAttachment(context.env, pathId('attachment', params.id), actor.id, Date.now()),
)

serve(attachments, refreshImageLinks, async ({ context }) => {
  const settings = context.get('settings')
  const urlFor = imageUrls(context.env, settings, context.req.url, Date.now())
  const { count, newest } = await newestAttachments(context.env, samplesMax)
  return { baseUrl: imageBase(settings), count, samples: newest.map(({ id }) => urlFor(id)) }
})

function toAttachment(
  { id, mediaType, bytes, width, height, name, createdAt }: AttachmentRow,
  urlFor: ImageUrl,
): Attachment {
  return { id, mediaType, bytes, width, height, name, url: urlFor(id), createdAt }
}
