import { useState } from 'react'
import { t } from '../../text/i18n.ts'
import { Button } from '../button.tsx'
import { Dialog } from '../dialog.tsx'
import { Notice } from '../notice.tsx'
import { wholeCrop } from './crop.ts'
import { CropField } from './crop-field.tsx'
import { croppedPicture } from './picture-file.ts'

interface CropDialogProps {
  bitmap: ImageBitmap
  title: string
  shape: 'circle' | 'square'
  /** Stores the picture. Rejecting, it may be tried again. */
  onTake: (picture: File) => Promise<void>
  onClose: () => void
  errorText: (error: unknown) => string
}

/** Asks which square of a picture to take. */
export function CropDialog(props: CropDialogProps) {
  const { bitmap, title, shape, onTake, onClose, errorText } = props
  const [crop, setCrop] = useState(() => wholeCrop(bitmap))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  async function take() {
    setBusy(true)
    setError(null)
    try {
      await onTake(await croppedPicture(bitmap, crop))
      onClose()
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      title={title}
      width="small"
      onClose={onClose}
      notice={error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" loading={busy} onClick={take}>
            {t('picture.take')}
          </Button>
        </>
      }
    >
      <CropField bitmap={bitmap} crop={crop} shape={shape} onChange={setCrop} />
    </Dialog>
  )
}
