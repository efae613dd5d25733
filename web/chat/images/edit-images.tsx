import { t } from '../../text/i18n.ts'
import type { AttachmentPart } from '../draft.ts'
import { AttachedImage } from './attached-image.tsx'
import { ImageTile } from './image-tile.tsx'
import { viewedImages } from './viewed-images.ts'

interface EditImagesProps {
  images: readonly AttachmentPart[]
  onRemove: (image: AttachmentPart) => void
}

/** The images a message keeps when it is said anew. */
export function EditImages({ images, onRemove }: EditImagesProps) {
  return (
    <ul aria-label={t('images.chosen')} className="mb-2 flex flex-wrap gap-3.5 p-1 pr-2">
      {images.map((image, index) => (
        <ImageTile key={image.attachmentId} name={image.name} onRemove={() => onRemove(image)}>
          <AttachedImage
            image={image}
            isSmall
            onOpen={() => viewedImages.set({ images, index })}
            className="size-full rounded-xl border border-line"
          />
        </ImageTile>
      ))}
    </ul>
  )
}
