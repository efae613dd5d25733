import { X } from 'lucide-react'
import { imageLimits } from '#contract/image-limits.ts'
import { t } from '../../text/i18n.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import type { ConversationStore } from '../conversation-store.ts'
import type { AttachmentPart } from '../draft.ts'
import { AttachedImage } from './attached-image.tsx'
import { removeImage, uploaderOf } from './conversation-uploader.ts'
import { fitInMessage } from './image-fit.ts'
import { ImageTile } from './image-tile.tsx'
import { UploadTile } from './upload-tile.tsx'
import type { Uploads } from './uploads.ts'
import { viewedImages } from './viewed-images.ts'

interface ComposerImagesProps {
  store: ConversationStore
  images: readonly AttachmentPart[]
  uploads: Uploads
  /** The model that sees none of them; null when the chosen one does. */
  blindModel: string | null
}

const limits = {
  n: imageLimits.perMessage,
  mb: imageLimits.messageBytesMax / 1024 / 1024,
}

/** The images of the next message, those on their way, and what has to be said about them. */
export function ComposerImages({ store, images, uploads, blindModel }: ComposerImagesProps) {
  const uploader = uploaderOf(store)
  const failed = uploads.items.flatMap(({ name, state }) =>
    state.type === 'failed' ? [t('images.failed', { name, text: state.text })] : [],
  )
  const unfit = uploads.unfit.map(unfitText)
  const hasTiles = images.length + uploads.items.length > 0
  return (
    <div className="space-y-2 px-4 pt-1">
      {hasTiles && (
        <ul
          aria-label={t('images.chosen')}
          // Two rows and a bit; the room at the edges is for what stands out of the tiles.
          className="-mr-2 flex max-h-56 flex-wrap gap-3.5 overflow-y-auto pb-1 pr-4 pt-3.5"
        >
          {images.map((image, index) => (
            <ImageTile
              key={image.attachmentId}
              name={image.name}
              onRemove={() => removeImage(store, image)}
            >
              <AttachedImage
                image={image}
                isSmall
                onOpen={() => viewedImages.set({ images, index })}
                className="size-full rounded-xl border border-line"
              />
            </ImageTile>
          ))}
          {uploads.items.map((upload) => (
            <ImageTile
              key={upload.id}
              name={upload.name}
              onRemove={() => uploader.remove(upload.id)}
            >
              <UploadTile upload={upload} onRetry={() => uploader.retry(upload.id)} />
            </ImageTile>
          ))}
        </ul>
      )}
      <Lines texts={failed} />
      <Lines texts={unfit} onDismiss={uploader.dismiss} />
      {!fitInMessage(images) && <Warning text={t('images.tooMany', limits)} />}
      {blindModel !== null && images.length > 0 && (
        <Warning text={t('images.notSeen', { model: blindModel })} />
      )}
    </div>
  )
}

function Warning({ text }: { text: string }) {
  return (
    <p role="status" className="text-sm text-warning">
      {text}
    </p>
  )
}

/** What went wrong, all of it in one place, so that it is read out as one. */
function Lines({ texts, onDismiss }: { texts: readonly string[]; onDismiss?: () => void }) {
  return (
    <div role="alert" className={texts.length === 0 ? undefined : 'flex items-start gap-2'}>
      <div className="min-w-0 flex-1 text-sm text-danger [overflow-wrap:anywhere]">
        {texts.map((text, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two files may be called the same
          <p key={index}>{text}</p>
        ))}
      </div>
      {onDismiss && texts.length > 0 && (
        <IconButton
          size="small"
          label={t('common.dismiss')}
          onClick={onDismiss}
          className="-mt-1"
          icon={<X className="size-4" />}
        />
      )}
    </div>
  )
}

function unfitText({ name, reason }: Uploads['unfit'][number]): string {
  switch (reason) {
    case 'edge':
      return t('images.unfit.edge', { name, edge: imageLimits.edgeMax })
    case 'tooLarge':
      return t('images.unfit.tooLarge', { name, mb: imageLimits.bytesMax / 1024 / 1024 })
    case 'count':
      return t('images.unfit.count', { name, n: limits.n })
    case 'together':
      return t('images.unfit.together', { name, mb: limits.mb })
    default:
      return t(`images.unfit.${reason}`, { name })
  }
}
