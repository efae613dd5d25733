import type { Message } from '#contract/message.ts'
import { textOf } from '#contract/parts.ts'
import { imageBox } from './images/image-box.ts'
import { imagesOf } from './images/images-of.ts'

const columnPxMax = 720
const characterPx = 8
const linePx = 26
/** Room around a message and for the row of actions below it. */
const framePx = 90
const foldedLinesMax = 12

/** About how high a message will be in a page `width` wide, before it has been laid out once. */
export function estimatedHeight(message: Message | undefined, width: number): number {
  if (!message) return framePx
  const text = textOf(message.parts)
  const perLine = Math.max(20, Math.min(columnPxMax, width - 32) / characterPx)
  const breaks = text.split('\n').length
  const lines = breaks + Math.floor(text.length / perLine)
  const images = imagesOf(message.parts)
  const imagesPx = images.length === 0 ? 0 : imageBox(images).height
  return (
    framePx +
    imagesPx +
    linePx * (message.role === 'user' ? Math.min(lines, foldedLinesMax) : lines)
  )
}
