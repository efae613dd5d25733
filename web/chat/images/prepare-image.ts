import type { ImageType } from '#contract/attachments.ts'
import { imageLimits } from '#contract/image-limits.ts'
import { fittedSize } from '../../ui/fitted-size.ts'
import { headBytes, imageTypeOf, mayMove, orientationOf } from '../../ui/image-bytes.ts'
import { unfitnessOf, type Unfitness } from './image-fit.ts'

/** An image that cannot be sent, and why. */
export class Unfit extends Error {
  override readonly name = 'Unfit'
  readonly reason: Unfitness

  constructor(reason: Unfitness) {
    super(reason)
    this.reason = reason
  }
}

const quality = 0.88
/** A PNG that is larger than it was before, and than this, becomes WebP. */
const pngBytesMax = 1024 * 1024
const extensions = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' } as const

/**
 * The file as it is to be sent: smaller and upright, unless it is wanted as it is. Throws `Unfit`
 * for what the server would refuse.
 */
export async function prepareImage(file: File, keepOriginal: boolean): Promise<File> {
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer().catch(unreadable))
  const type = imageTypeOf(head)
  if (!type) throw new Unfit('type')
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(unreadable)
  try {
    const size = fittedSize(bitmap, imageLimits.reducedEdge)
    const isLarge = size.width !== bitmap.width || size.height !== bitmap.height
    const isTurned = type === 'image/jpeg' && orientationOf(head) > 1
    const isKept = keepOriginal || mayMove(head, type) || !(isLarge || isTurned)
    const sent = isKept ? file : await drawn(bitmap, size, file, type)
    const { width, height } = isKept ? bitmap : size
    const unfitness = unfitnessOf({ bytes: sent.size, width, height })
    if (unfitness) throw new Unfit(unfitness)
    return sent
  } finally {
    bitmap.close()
  }
}

function unreadable(): never {
  throw new Unfit('unreadable')
}

/** The image drawn anew: of its own kind, unless a photo would make a large PNG. */
async function drawn(
  bitmap: ImageBitmap,
  { width, height }: { width: number; height: number },
  file: File,
  type: ImageType,
): Promise<File> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Unfit('unreadable')
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  let blob = await canvas.convertToBlob({ type, quality })
  if (type === 'image/png' && blob.size > Math.max(file.size, pngBytesMax)) {
    const webp = await canvas.convertToBlob({ type: 'image/webp', quality })
    if (webp.size < blob.size) blob = webp
  }
  return new File([blob], renamed(file.name, blob.type), { type: blob.type })
}

/** A browser that cannot write a kind of image writes PNG instead. */
function renamed(name: string, type: string): string {
  const extension = extensions[type as keyof typeof extensions]
  if (!extension || name.toLowerCase().endsWith(`.${extension}`)) return name
  if (extension === 'jpg' && /\.jpeg$/i.test(name)) return name
  return `${name.replace(/\.\w{1,5}$/, '')}.${extension}`
}
