import { t } from '../../text/i18n.ts'
import { classNames } from '../../ui/class-names.ts'
import type { AttachmentPart } from '../draft.ts'
import { AttachedImage } from './attached-image.tsx'
import { boxStyle, imageBox } from './image-box.ts'
import { viewedImages } from './viewed-images.ts'

const columnClass = ['', 'grid-cols-1', 'grid-cols-2', 'grid-cols-3']

/** The images of a message; each opens the viewer. */
export function ImageGrid({ images }: { images: readonly AttachmentPart[] }) {
  const box = imageBox(images)
  return (
    <ul
      aria-label={t('images.sent')}
      style={boxStyle(box)}
      className={classNames('grid gap-1', columnClass[box.columns])}
    >
      {images.map((image, index) => (
        <li key={image.attachmentId} className="min-h-0 min-w-0">
          <AttachedImage
            image={image}
            isSmall={image.width < 100 && images.length === 1}
            onOpen={() => viewedImages.set({ images, index })}
            className="size-full rounded-xl"
          />
        </li>
      ))}
    </ul>
  )
}
