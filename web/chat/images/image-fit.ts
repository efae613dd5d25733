import { imageLimits } from '#contract/image-limits.ts'

/** Why an image is not sent. Each has a text of its own, `images.unfit.…`. */
export type Unfitness = 'type' | 'unreadable' | 'tooLarge' | 'edge' | 'count' | 'together'

interface ImageFacts {
  bytes: number
  width: number
  height: number
}

/** What is wrong with an image as it would be sent; null when nothing is. */
export function unfitnessOf({ bytes, width, height }: ImageFacts): Unfitness | null {
  if (Math.max(width, height) > imageLimits.edgeMax) return 'edge'
  return bytes > imageLimits.bytesMax ? 'tooLarge' : null
}

/** How many images more a message with `count` of them may have. */
export function roomAfter(count: number): number {
  return Math.max(0, imageLimits.perMessage - count)
}

export function fitsTogether(images: readonly Pick<ImageFacts, 'bytes'>[]): boolean {
  return images.reduce((sum, { bytes }) => sum + bytes, 0) <= imageLimits.messageBytesMax
}

/** Whether one message may have all of these. */
export function fitInMessage(images: readonly Pick<ImageFacts, 'bytes'>[]): boolean {
  return images.length <= imageLimits.perMessage && fitsTogether(images)
}
