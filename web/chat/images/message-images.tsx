import { Suspense } from 'react'
import { later } from '../../ui/later.ts'
import type { AttachmentPart } from '../draft.ts'
import { boxStyle, imageBox } from './image-box.ts'
import { loadImages } from './load-images.ts'

const ImageGrid = later(async () => (await loadImages()).ImageGrid)

/** The images of a message, in room of their own from the beginning. */
export function MessageImages({ images }: { images: readonly AttachmentPart[] }) {
  return (
    <Suspense fallback={<div style={boxStyle(imageBox(images))} />}>
      <ImageGrid images={images} />
    </Suspense>
  )
}
