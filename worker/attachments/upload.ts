import type { ActorId } from '../contract/actor.ts'
import { newId } from '../contract/ids.ts'
import { sha256OfBytes } from '../platform/crypto.ts'
import type { Bindings } from '../platform/env.ts'
import { insertStatement, type AttachmentRow } from './attachments.ts'
import { storeBlob } from './blobs.ts'
import { checkImage } from './check-image.ts'
import { cleanName } from './file-name.ts'

/** Stores an image for its owner. Refuses `attachment_type`, `_dimensions` and `_too_large`. */
export async function upload(
  env: Bindings,
  file: File,
  ownerId: ActorId,
  now: number,
): Promise<AttachmentRow> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const { mediaType, width, height } = checkImage(bytes)
  const sha256 = await sha256OfBytes(bytes)
  const row: AttachmentRow = {
    id: newId('attachment', now),
    ownerId,
    sha256,
    mediaType,
    bytes: bytes.byteLength,
    width,
    height,
    name: cleanName(file.name),
    createdAt: now,
  }
  await storeBlob(env, { sha256, bytes, mediaType }, insertStatement(env, row))
  return row
}
