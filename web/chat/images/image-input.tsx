import { useRef } from 'react'
import { Image as ImageIcon } from 'lucide-react'
import { imageTypes } from '#contract/image-limits.ts'
import { t } from '../../text/i18n.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import type { ConversationStore } from '../conversation-store.ts'
import { addImages } from './add-images.ts'

/** Picks images for the next message. */
export function ImageInput({ store }: { store: ConversationStore }) {
  const ref = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton
        label={t('composer.addImages')}
        onClick={() => ref.current?.click()}
        className="rounded-full"
        icon={<ImageIcon aria-hidden className="size-4.5" />}
      />
      <input
        ref={ref}
        type="file"
        hidden
        multiple
        accept={imageTypes.join()}
        onChange={({ currentTarget }) => {
          void addImages(store, Array.from(currentTarget.files ?? []))
          // The same file may be chosen again after it was removed.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
