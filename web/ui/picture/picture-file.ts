import { imageLimits } from '#contract/image-limits.ts'
import { fittedSize } from '../fitted-size.ts'
import { headBytes, imageTypeOf } from '../image-bytes.ts'
import { sideOf, type Crop, type Size } from './crop.ts'

/** A file that is no picture, or none this browser can read. */
export class NoPicture extends Error {
  override readonly name = 'NoPicture'
}

/** Reads a picture upright. Rejects with `NoPicture`. */
export async function openPicture(file: File): Promise<ImageBitmap> {
  try {
    const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer())
    if (!imageTypeOf(head)) throw new NoPicture(file.name)
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch (cause) {
    throw new NoPicture(file.name, { cause })
  }
}

/** The square as a picture of its own. */
export function croppedPicture(bitmap: ImageBitmap, crop: Crop): Promise<File> {
  const side = sideOf(crop, bitmap)
  const edge = Math.max(1, Math.min(imageLimits.portraitEdge, Math.round(side)))
  return pictureOf({ width: edge, height: edge }, (context) =>
    context.drawImage(bitmap, crop.x - side / 2, crop.y - side / 2, side, side, 0, 0, edge, edge),
  )
}

/** The whole picture, in its own shape. */
export function fittedPicture(bitmap: ImageBitmap): Promise<File> {
  const { width, height } = fittedSize(bitmap, imageLimits.portraitEdge)
  return pictureOf({ width, height }, (context) => context.drawImage(bitmap, 0, 0, width, height))
}

/** Best first. Browsers that cannot write WebP write PNG instead, which may be too large. */
const attempts = [
  { type: 'image/webp', quality: 0.92 },
  { type: 'image/webp', quality: 0.75 },
  { type: 'image/jpeg', quality: 0.85 },
  { type: 'image/jpeg', quality: 0.6 },
]

async function pictureOf(
  { width, height }: Size,
  draw: (context: OffscreenCanvasRenderingContext2D) => void,
): Promise<File> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new NoPicture('No canvas.')
  context.imageSmoothingQuality = 'high'
  draw(context)
  for (const attempt of attempts) {
    const blob = await canvas.convertToBlob(attempt)
    if (blob.size <= imageLimits.portraitBytesMax) {
      return new File([blob], 'picture', { type: blob.type })
    }
  }
  throw new NoPicture('Too large.')
}
