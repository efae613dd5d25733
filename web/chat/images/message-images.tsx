import { Suspense } from 'react'
import { loadTexts } from '../../text/i18n.ts'
import { later } from '../../ui/later.ts'
import type { AttachmentPart } from '../draft.ts'
import { boxStyle, imageBox } from './image-box.ts'

const ImageGrid = later(async () => {
  const [grid] = await Promise.all([import('./image-grid.tsx'), loadTexts('images')])
  return grid.ImageGrid
})

/** The images of a message, in room of their own from the beginning. */
export function MessageImages({ images }: { images: readonly AttachmentPart[] }) {
  return (
    <Suspense fallback={<div style={boxStyle(imageBox(images))} />}>
      <ImageGrid images={images} />
    </Suspense>
  )
}
