import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { Minus, Plus } from 'lucide-react'
import { t } from '../../text/i18n.ts'
import { classNames } from '../class-names.ts'
import { movedCrop, sideOf, zoomedCrop, zoomMax, type Crop } from './crop.ts'

/** What is drawn, however small the field is shown. */
const canvasEdge = 576
/** One press of an arrow key, as a part of the square. */
const step = 0.05
const zoomStep = 1.15

interface CropFieldProps {
  bitmap: ImageBitmap
  crop: Crop
  /** What it will be cut to where it is shown. */
  shape: 'circle' | 'square'
  onChange: (change: (crop: Crop) => Crop) => void
}

/** A picture behind the square that is taken of it: dragged, pinched, scrolled or moved by keys. */
export function CropField({ bitmap, crop, shape, onChange }: CropFieldProps) {
  const ref = useRef<HTMLCanvasElement>(null)
  useDrawing(ref, bitmap, crop)
  useWheel(ref, (factor, at) =>
    onChange((last) => zoomedCrop(last, last.zoom * factor, bitmap, at)),
  )
  const drag = useDrag({
    onMove: (by) => onChange((last) => movedCrop(last, by, bitmap)),
    onPinch: (factor) => onChange((last) => zoomedCrop(last, last.zoom * factor, bitmap)),
  })

  function onKeyDown(event: KeyboardEvent) {
    const by = moves[event.key]
    const factor = zooms[event.key]
    if (by) onChange((last) => movedCrop(last, by, bitmap))
    else if (factor) onChange((last) => zoomedCrop(last, last.zoom * factor, bitmap))
    else return
    event.preventDefault()
  }

  return (
    <div className="flex flex-col items-center gap-4">
      <div
        role="application"
        aria-label={t('picture.field')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys move what is in it
        tabIndex={0}
        data-autofocus
        onKeyDown={onKeyDown}
        {...drag}
        className="relative aspect-square w-full max-w-72 cursor-grab touch-none select-none overflow-hidden rounded-card bg-sunken ring-focus active:cursor-grabbing"
      >
        <canvas ref={ref} width={canvasEdge} height={canvasEdge} className="size-full" />
        <div
          aria-hidden
          className={classNames(
            'pointer-events-none absolute inset-0 border-2 border-white/80 shadow-[0_0_0_100vmax_rgb(0_0_0/0.45)]',
            shape === 'circle' ? 'rounded-full' : 'rounded-card',
          )}
        />
      </div>
      <ZoomSlider
        zoom={crop.zoom}
        max={zoomMax(bitmap)}
        onChange={(zoom) => onChange((last) => zoomedCrop(last, zoom, bitmap))}
      />
      <p className="text-center text-sm text-muted">{t('picture.fieldHint')}</p>
    </div>
  )
}

const moves: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -step, y: 0 },
  ArrowRight: { x: step, y: 0 },
  ArrowUp: { x: 0, y: -step },
  ArrowDown: { x: 0, y: step },
}
const zooms: Record<string, number> = { '+': zoomStep, '=': zoomStep, '-': 1 / zoomStep }

interface ZoomSliderProps {
  zoom: number
  max: number
  onChange: (zoom: number) => void
}

function ZoomSlider({ zoom, max, onChange }: ZoomSliderProps) {
  return (
    <div className="flex w-full max-w-72 items-center gap-3 text-muted">
      <Minus aria-hidden className="size-4" />
      <input
        type="range"
        aria-label={t('picture.zoom')}
        aria-valuetext={`${Math.round(zoom * 100)} %`}
        min={1}
        max={Math.max(max, 1.001)}
        step={0.01}
        disabled={max <= 1}
        value={zoom}
        onChange={({ target }) => onChange(Number(target.value))}
        className="h-6 min-w-0 flex-1 rounded-full accent-(--accent-solid) ring-focus touch-target"
      />
      <Plus aria-hidden className="size-4" />
    </div>
  )
}

function useDrawing(
  ref: React.RefObject<HTMLCanvasElement | null>,
  bitmap: ImageBitmap,
  crop: Crop,
) {
  useEffect(() => {
    const context = ref.current?.getContext('2d')
    if (!context) return
    const side = sideOf(crop, bitmap)
    context.imageSmoothingQuality = 'high'
    context.clearRect(0, 0, canvasEdge, canvasEdge)
    const [x, y] = [crop.x - side / 2, crop.y - side / 2]
    context.drawImage(bitmap, x, y, side, side, 0, 0, canvasEdge, canvasEdge)
  }, [ref, bitmap, crop])
}

/** Scrolling zooms, around the pointer. React's own listener could not keep the page from moving. */
function useWheel(
  ref: React.RefObject<HTMLCanvasElement | null>,
  onZoom: (factor: number, at: { x: number; y: number }) => void,
) {
  const latest = useRef(onZoom)
  useEffect(() => {
    latest.current = onZoom
  })
  useEffect(() => {
    const element = ref.current
    const zoom = (event: WheelEvent) => {
      event.preventDefault()
      const box = (event.currentTarget as Element).getBoundingClientRect()
      const at = {
        x: (event.clientX - box.left) / box.width,
        y: (event.clientY - box.top) / box.height,
      }
      latest.current(Math.exp(-event.deltaY / 400), at)
    }
    element?.addEventListener('wheel', zoom, { passive: false })
    return () => element?.removeEventListener('wheel', zoom)
  }, [ref])
}

interface DragHandlers {
  /** The square has to move by so many of its edges. */
  onMove: (by: { x: number; y: number }) => void
  /** Two fingers are so many times as far apart. */
  onPinch: (factor: number) => void
}

function useDrag({ onMove, onPinch }: DragHandlers) {
  const [pointers] = useState(() => new Map<number, { x: number; y: number }>())
  const spread = () => {
    const [a, b] = [...pointers.values()]
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
  }
  function release({ pointerId }: PointerEvent) {
    pointers.delete(pointerId)
  }
  return {
    onPointerDown({ currentTarget, pointerId, clientX, clientY }: PointerEvent) {
      currentTarget.setPointerCapture(pointerId)
      pointers.set(pointerId, { x: clientX, y: clientY })
    },
    onPointerMove({ currentTarget, pointerId, clientX, clientY }: PointerEvent) {
      const last = pointers.get(pointerId)
      if (!last) return
      const before = spread()
      pointers.set(pointerId, { x: clientX, y: clientY })
      const edge = currentTarget.getBoundingClientRect().width
      if (pointers.size > 1) {
        if (before > 0) onPinch(spread() / before)
      } else onMove({ x: (last.x - clientX) / edge, y: (last.y - clientY) / edge })
    },
    onPointerUp: release,
    onPointerCancel: release,
  }
}
