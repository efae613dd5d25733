import { useRef, type ReactNode, type TouchEvent } from 'react'
import { closing, useModal } from './dialog.tsx'

interface DrawerProps {
  label: string
  onClose: () => void
  children: ReactNode
}

const swipePx = 60

/** A modal panel at the left edge. Escape, a press outside or a swipe to the left closes it. */
export function Drawer({ label, onClose, children }: DrawerProps) {
  const ref = useModal()
  const swipe = useSwipe((distance) => distance < -swipePx && onClose())
  return (
    <dialog
      ref={ref}
      aria-label={label}
      {...closing(onClose)}
      {...swipe}
      className="m-0 h-dvh max-h-none w-72 max-w-[85vw] bg-sunken p-0 text-ink shadow-float animate-slide-in outline-none"
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
