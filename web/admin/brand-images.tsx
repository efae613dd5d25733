import { useState, type ReactNode } from 'react'
import { Trash2 } from 'lucide-react'
import { deleteBrandImage, setBrandImage, type BrandImage } from '#contract/branding.ts'
import { brandingValue, useBranding } from '../api/branding.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { upload } from '../api/upload.ts'
import { t } from '../text/i18n.ts'
import { BrandMark } from '../ui/brand-mark.tsx'
import { Card } from '../ui/card.tsx'
import { classNames } from '../ui/class-names.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { CropDialog } from '../ui/picture/crop-dialog.tsx'
import { PictureButton } from '../ui/picture/picture-button.tsx'
import { fittedPicture, NoPicture, openPicture } from '../ui/picture/picture-file.ts'
import { Section } from '../ui/section.tsx'
import { toast } from '../ui/toast.ts'

/** How each is cut: the logo keeps its own shape. */
const shapes = { logo: null, favicon: 'square', 'assistant-avatar': 'circle' } as const

/** The pictures an installation is known by; each takes effect at once, for everybody. */
export function BrandImages() {
  const { logoUrl, faviconUrl, assistantAvatarUrl } = useBranding()
  return (
    <Section title={t('brandImages.title')} hint={t('brandImages.hint')}>
      <Card>
        <ImageRow image="logo" url={logoUrl}>
          <BrandMark logoUrl={logoUrl} className="h-9 max-w-20" />
        </ImageRow>
        <ImageRow image="favicon" url={faviconUrl}>
          <img src={faviconUrl ?? '/favicon.svg'} alt="" className="size-6 object-contain" />
        </ImageRow>
        <ImageRow image="assistant-avatar" url={assistantAvatarUrl}>
          {assistantAvatarUrl ? (
            <img src={assistantAvatarUrl} alt="" className="size-8 rounded-full object-cover" />
          ) : (
            <span className="text-xs">{t('brandImages.none')}</span>
          )}
        </ImageRow>
      </Card>
    </Section>
  )
}

interface ImageRowProps {
  image: BrandImage
  url: string | null
  /** The image as it is shown elsewhere, or what stands there without one. */
  children: ReactNode
}

function ImageRow({ image, url, children }: ImageRowProps) {
  const [bitmap, setBitmap] = useState<ImageBitmap | null>(null)
  const [busy, setBusy] = useState(false)
  const shape = shapes[image]

  async function put(picture: File) {
    brandingValue.set(await upload(setBrandImage, picture, { params: { image } }))
  }
  async function attempt(act: () => Promise<void>) {
    setBusy(true)
    try {
      await act()
    } catch (error) {
      toast(textOf(error), { tone: 'danger' })
    } finally {
      setBusy(false)
    }
  }
  const choose = (file: File) =>
    attempt(async () => {
      const opened = await openPicture(file)
      if (shape) return setBitmap(opened)
      await put(await fittedPicture(opened))
      opened.close()
    })
  const remove = () =>
    attempt(async () => {
      brandingValue.set(await call(deleteBrandImage, { params: { image } }))
    })
  function close() {
    bitmap?.close()
    setBitmap(null)
  }

  const name = t(`brandImages.${image}`)
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-3 px-5 py-4">
      <div className="min-w-40 flex-1 basis-48">
        <div className="text-sm font-medium text-ink">{name}</div>
        <div className="mt-0.5 text-sm text-muted">{t(`brandImages.${image}Hint`)}</div>
      </div>
      <div className="flex shrink-0 overflow-hidden rounded-control border border-line">
        <Preview theme="light">{children}</Preview>
        <Preview theme="dark">{children}</Preview>
      </div>
      <div className="flex items-center gap-1">
        <PictureButton
          label={url ? t('picture.replace') : t('picture.choose')}
          loading={busy}
          onChoose={(file) => void choose(file)}
        />
        {url && (
          <IconButton
            label={t('brandImages.remove', { name })}
            onClick={() => void remove()}
            icon={<Trash2 className="size-4" />}
          />
        )}
      </div>
      {bitmap && shape && (
        <CropDialog
          bitmap={bitmap}
          title={name}
          shape={shape}
          errorText={textOf}
          onTake={put}
          onClose={close}
        />
      )}
    </div>
  )
}

/** The ground of the sidebar in both themes, whichever is chosen now; as in ui/tokens.css. */
const grounds = {
  light: 'bg-[#f5f6f8] text-[#5a6170]',
  dark: 'bg-[#101215] text-[#a3a9b4]',
}

function Preview({ theme, children }: { theme: keyof typeof grounds; children: ReactNode }) {
  return (
    <div className={classNames('flex h-14 w-24 items-center justify-center', grounds[theme])}>
      {children}
    </div>
  )
}

function textOf(error: unknown): string {
  return error instanceof NoPicture ? t('picture.unreadable') : errorText(error)
}
