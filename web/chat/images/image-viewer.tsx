import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { ChevronLeft, ChevronRight, Download, ImageOff, Maximize, X, ZoomIn } from 'lucide-react'
import { t } from '../../text/i18n.ts'
import { useSwipe } from '../../ui/drawer.tsx'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { closing, useModal } from '../../ui/modal.ts'
import type { AttachmentPart } from '../draft.ts'
import { sourceOf } from './previews.ts'

interface ImageViewerProps {
  images: readonly AttachmentPart[]
  index: number
  onClose: () => void
}

const swipePx = 60
const onDark = 'text-white! hover:bg-white/15! pointer-coarse:size-11'

/** One image of a message over the whole page: arrows turn to the others, Escape closes. */
export function ImageViewer({ images, index: first, onClose }: ImageViewerProps) {
  const ref = useModal()
  const [index, setIndex] = useState(first)
  const [isActual, setIsActual] = useState(false)
  const image = images[index]
  const turn = (step: number) => {
    const next = index + step
    if (next < 0 || next >= images.length) return
    setIndex(next)
    setIsActual(false)
  }
  const swipe = useSwipe((distance) => {
    if (!isActual && Math.abs(distance) > swipePx) turn(distance < 0 ? 1 : -1)
  })
  if (!image) return null
  const place = { index: index + 1, count: images.length, name: image.name }

  function onKeyDown(event: KeyboardEvent) {
    // While it is larger than the window, arrows move it.
    const steps = isActual ? {} : { ArrowLeft: -1, ArrowRight: 1 }
    const step = (steps as Record<string, number>)[event.key]
    if (step) turn(step)
    else if (event.key === '+') setIsActual(true)
    else if (event.key === '-') setIsActual(false)
    else return
    event.preventDefault()
  }

  return (
    <dialog
      ref={ref}
      aria-label={t('images.viewer', place)}
      {...closing(onClose)}
      {...swipe}
      onKeyDown={onKeyDown}
      onClick={({ target }) => {
        if (target instanceof HTMLElement && target.dataset['beside'] !== undefined) onClose()
      }}
      className="m-0 h-dvh max-h-none w-dvw max-w-none flex-col bg-[#0b0d10] p-0 text-white outline-none open:flex animate-float"
    >
      <header className="flex items-center gap-1 p-2 pl-4">
        <p className="min-w-0 flex-1 truncate text-sm" aria-live="polite">
          {image.name}
          {images.length > 1 && (
            <span className="ml-3 tabular-nums text-white/70">{t('images.place', place)}</span>
          )}
        </p>
        <IconButton
          data-autofocus
          label={isActual ? t('images.fit') : t('images.actualSize')}
          onClick={() => setIsActual(!isActual)}
          className={onDark}
          icon={isActual ? <Maximize className="size-5" /> : <ZoomIn className="size-5" />}
        />
        <a
          href={sourceOf(image)}
          download={image.name}
          aria-label={t('images.download')}
          title={t('images.download')}
          className={classNames(
            'inline-flex size-9 items-center justify-center rounded-control ring-focus',
            onDark,
          )}
        >
          <Download aria-hidden className="size-5" />
        </a>
        <IconButton
          label={t('common.close')}
          onClick={onClose}
          className={onDark}
          icon={<X className="size-5" />}
        />
      </header>
      <Stage key={image.attachmentId} image={image} isActual={isActual} onZoom={setIsActual} />
      {images.length > 1 && (
        <>
          <Turn
            side="left"
            label={t('images.previous')}
            isEnd={index === 0}
            onClick={() => turn(-1)}
            icon={<ChevronLeft className="size-6" />}
          />
          <Turn
            side="right"
            label={t('images.next')}
            isEnd={index === images.length - 1}
            onClick={() => turn(1)}
            icon={<ChevronRight className="size-6" />}
          />
        </>
      )}
    </dialog>
  )
}

interface StageProps {
  image: AttachmentPart
  isActual: boolean
  onZoom: (isActual: boolean) => void
}

function Stage({ image, isActual, onZoom }: StageProps) {
  const ref = useRef<HTMLDivElement>(null)
  const [isMissing, setIsMissing] = useState(false)
  useEffect(() => {
    const stage = ref.current
    if (!stage || !isActual) return
    stage.focus()
    stage.scrollTo(
      (stage.scrollWidth - stage.clientWidth) / 2,
      (stage.scrollHeight - stage.clientHeight) / 2,
    )
  }, [isActual])
  return (
    <div
      ref={ref}
      data-beside
      tabIndex={-1}
      className={classNames(
        'flex min-h-0 flex-1 outline-none',
        isActual ? 'overflow-auto' : 'justify-center overflow-hidden p-2 pb-4 md:px-16',
      )}
    >
      {isMissing ? (
        <p className="m-auto flex items-center gap-2 text-white/80">
          <ImageOff aria-hidden className="size-5" />
          {t('images.missing', { name: image.name })}
        </p>
      ) : (
        <img
          src={sourceOf(image)}
          alt={image.name}
          draggable={false}
          onError={() => setIsMissing(true)}
          onDoubleClick={() => onZoom(!isActual)}
          className={classNames(
            'm-auto',
            isActual ? 'max-w-none cursor-zoom-out' : 'max-h-full max-w-full cursor-zoom-in',
          )}
        />
      )}
    </div>
  )
}

interface TurnProps {
  side: 'left' | 'right'
  label: string
  isEnd: boolean
  onClick: () => void
  icon: ReactNode
}

function Turn({ side, label, isEnd, onClick, icon }: TurnProps) {
  return (
    <IconButton
      size="large"
      label={label}
      aria-disabled={isEnd}
      onClick={onClick}
      className={classNames(
        'absolute! top-1/2 -translate-y-1/2 rounded-full bg-black/50 aria-disabled:opacity-35',
        side === 'left' ? 'left-2' : 'right-2',
        onDark,
      )}
      icon={icon}
    />
  )
}
