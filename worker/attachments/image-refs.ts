import type { ImageType } from '../contract/attachments.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { blobKey } from './blobs.ts'

/** An image by what names its blob; its bytes are read where they are needed and nowhere else. */
export interface ImageRef {
  sha256: string
  mediaType: ImageType
  name: string
}

/** The images that are still there, of those some messages have. */
export type ImageRefs = ReadonlyMap<Id<'attachment'>, ImageRef>

/** SQL for the images of the message whose id is `message`, as a JSON list for `readImageRefs`. */
export function imageRefsSql(message: string): string {
  return `(select json_group_array(json_object(
      'id', a.id, 'sha256', a.sha256, 'mediaType', a.media_type, 'name', a.name))
    from message_attachments as used join attachments as a on a.id = used.attachment_id
    where used.message_id = ${message})`
}

export function readImageRefs(lists: readonly (string | null)[]): Map<Id<'attachment'>, ImageRef> {
  const images = lists
    .filter((list) => list !== null && list !== '[]')
    .flatMap((list) => JSON.parse(list as string) as (ImageRef & { id: Id<'attachment'> })[])
  return new Map(images.map(({ id, ...image }) => [id, image]))
}

/** How long an image is, or null when its blob is gone. Refuses `storage_unavailable`. */
export async function imageBytes(env: Bindings, { sha256 }: ImageRef): Promise<number | null> {
  try {
    return (await env.FILES.head(blobKey(sha256)))?.size ?? null
  } catch (cause) {
    throw new Fault('storage_unavailable', { retryAfterMs: 2_000 }, { cause })
  }
}

/** The bytes of an image that was there a moment ago. */
export async function openImage(
  env: Bindings,
  { sha256 }: ImageRef,
): Promise<ReadableStream<Uint8Array>> {
  const blob = await env.FILES.get(blobKey(sha256))
  if (blob === null) throw new Error('The image is gone.')
  return blob.body
}
