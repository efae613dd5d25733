import { RotateCw } from 'lucide-react'
import { t } from '../../text/i18n.ts'
import { classNames } from '../../ui/class-names.ts'
import { Spinner } from '../../ui/spinner.tsx'
import type { Upload } from './uploads.ts'

interface UploadTileProps {
  upload: Upload
  onRetry: () => void
}

/** An image on its way: how far it has got, or another try. */
export function UploadTile({ upload: { name, previewUrl, state }, onRetry }: UploadTileProps) {
  const part = state.type === 'sending' ? state.part : 0
  return (
    <div
      className={classNames(
        'relative size-full overflow-hidden rounded-xl border bg-sunken',
        state.type === 'failed' ? 'border-danger' : 'border-line',
      )}
    >
      {previewUrl && <img src={previewUrl} alt={name} className="size-full object-cover" />}
      {state.type === 'failed' ? (
        <button
          type="button"
          aria-label={t('images.retry', { name })}
          title={t('images.retry', { name })}
          onClick={onRetry}
          className="absolute inset-0 flex items-center justify-center bg-black/55 text-white ring-focus-inset hover:bg-black/65"
        >
          <RotateCw aria-hidden className="size-6" />
        </button>
      ) : (
        <div
          role="progressbar"
          aria-label={t('images.uploading', { name })}
          aria-valuenow={Math.round(part * 100)}
          className="absolute inset-0 flex flex-col justify-end bg-black/35 text-white"
        >
          <Spinner className="m-auto size-6" />
          <div
            className="h-1 bg-white transition-[width]"
            style={{ width: `${Math.max(3, part * 100)}%` }}
          />
        </div>
      )}
    </div>
  )
}
