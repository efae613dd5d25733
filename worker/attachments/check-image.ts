import type { ImageType } from '../contract/attachments.ts'
import { imageLimits } from '../contract/image-limits.ts'
import { Fault } from '../platform/fault.ts'
import { imageSizeOf, imageTypeOf, type ImageSize } from './image-size.ts'

/**
 * What an image is, told by its bytes alone. Refuses `attachment_too_large`, `attachment_type` and
 * `attachment_dimensions`.
 */
export function checkImage(
  bytes: Uint8Array,
  bytesMax: number = imageLimits.bytesMax,
): ImageSize & { mediaType: ImageType } {
  if (bytes.byteLength > bytesMax) throw new Fault('attachment_too_large', { bytesMax })
  const mediaType = imageTypeOf(bytes)
  if (mediaType === null) throw new Fault('attachment_type')
  const size = imageSizeOf(mediaType, bytes)
  const { edgeMax } = imageLimits
  if (size === null || Math.max(size.width, size.height) > edgeMax) {
    throw new Fault('attachment_dimensions', { edgeMax })
  }
  return { ...size, mediaType }
}
