import { useState } from 'react'
import { ImageOff } from 'lucide-react'
import { t } from '../../text/i18n.ts'
import { classNames } from '../../ui/class-names.ts'
import type { AttachmentPart } from '../draft.ts'
import { dropPreview, sourceOf } from './previews.ts'

interface AttachedImageProps {
  image: AttachmentPart
  /** What is said of it where it is gone; without room for words only an icon. */
  isSmall?: boolean
  className?: string
  onOpen: () => void
}

/** An image that can be opened, filling its box; a placeholder where it is gone. */
export function AttachedImage({ image, isSmall, className, onOpen }: AttachedImageProps) {
  const [source, setSource] = useState<string | null>(() => sourceOf(image))
  const { name, url } = image
  if (source === null) {
    return (
      <div
        role="img"
        aria-label={t('images.missing', { name })}
        title={t('images.missing', { name })}
        className={classNames(
          'flex flex-col items-center justify-center gap-1 overflow-hidden border border-line bg-sunken p-1 text-center text-xs text-muted',
          className,
        )}
      >
        <ImageOff aria-hidden className="size-5 shrink-0" />
        {!isSmall && <span aria-hidden>{t('images.missingShort')}</span>}
      </div>
    )
  }
  return (
    <button
      type="button"
      aria-label={t('images.open', { name })}
      onClick={onOpen}
      className={classNames(
        'relative block overflow-hidden bg-sunken ring-focus-inset cursor-zoom-in transition-opacity hover:opacity-90 dark:bg-raised',
        className,
      )}
    >
      <img
        src={source}
        alt={name}
        loading="lazy"
        decoding="async"
        draggable={false}
        // Out of the flow: the box has its size from elsewhere.
        className="absolute inset-0 size-full object-cover"
        onError={() => {
          // What the page kept of its own may have been let go.
          if (source !== url) dropPreview(image.attachmentId)
          setSource(source === url ? null : url)
        }}
      />
    </button>
  )
}
