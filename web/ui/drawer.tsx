import { useRef, type ReactNode, type TouchEvent } from 'react'
import { classNames } from './class-names.ts'
import { closing, useModal } from './modal.ts'

interface DrawerProps {
  label: string
  side?: 'left' | 'right'
  onClose: () => void
  children: ReactNode
}

const swipePx = 60

/** A modal panel at an edge. Escape, a press outside or a swipe towards the edge closes it. */
export function Drawer({ label, side = 'left', onClose, children }: DrawerProps) {
  const isRight = side === 'right'
  const ref = useModal()
  const swipe = useSwipe((distance) => (isRight ? distance : -distance) > swipePx && onClose())
  return (
    <dialog
      ref={ref}
      aria-label={label}
      {...closing(onClose)}
      {...swipe}
      className={classNames(
        'h-dvh max-h-none max-w-[85vw] bg-sunken p-0 text-ink shadow-float outline-none',
        isRight ? 'm-0 ml-auto w-80 animate-slide-in-right' : 'm-0 w-72 animate-slide-in',
      )}
    >
      {children}
    </dialog>
  )
}

/** Handlers that tell how far a mostly horizontal swipe went, when it ends. */
export function useSwipe(onSwipe: (distance: number, startX: number) => void) {
  const start = useRef<{ x: number; y: number } | null>(null)
  return {
    onTouchStart({ touches }: TouchEvent) {
      const [touch] = Array.from(touches)
      start.current = touch && touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null
    },
    onTouchEnd({ changedTouches }: TouchEvent) {
      const [touch] = Array.from(changedTouches)
      const from = start.current
      start.current = null
      if (!touch || !from) return
      const distance = touch.clientX - from.x
      if (Math.abs(distance) > 2 * Math.abs(touch.clientY - from.y)) onSwipe(distance, from.x)
    },
  }
}
