import { ImageDown } from 'lucide-react'
import { t } from '../../text/i18n.ts'

/** Says where files that hover over the page will go. */
export function DropOverlay() {
  return (
    <div className="pointer-events-none fixed inset-0 z-40 flex items-center justify-center bg-scrim p-4">
      <div
        role="status"
        className="flex flex-col items-center gap-1 rounded-card border-2 border-dashed border-accent bg-raised px-10 py-8 text-center shadow-float animate-rise"
      >
        <ImageDown aria-hidden className="mb-2 size-8 text-accent" />
        <p className="text-lg font-semibold">{t('images.drop')}</p>
        <p className="text-sm text-muted">{t('images.dropHint')}</p>
      </div>
    </div>
  )
}
