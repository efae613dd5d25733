import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { anchorTo } from './anchor.ts'
import { classNames } from './class-names.ts'
import { moveInMenu } from './menu-keys.ts'
import { CloseMenu } from './menu-items.tsx'

export interface MenuPanelProps {
  id: string
  align: 'start' | 'end'
  side: 'bottom' | 'top'
  className: string | undefined
  triggerRef: RefObject<HTMLButtonElement | null>
  focusAt: 'first' | 'last'
  onClose: () => void
  /** Closed by going elsewhere, so focus must not be pulled back. */
  onLeave: () => void
  children: ReactNode
}

/** What a menu opens: `MenuItem`s and their like, reached by arrow keys. */
export function MenuPanel(props: MenuPanelProps) {
  const { id, align, side, className, triggerRef, focusAt, onClose, onLeave, children } = props
  const ref = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const panel = ref.current
    const button = triggerRef.current
    if (!panel || !button) return
    // The top layer keeps it above dialogs and outside of every clipping ancestor.
    panel.showPopover()
    anchorTo(panel, button.getBoundingClientRect(), { align, side })
    moveInMenu(panel, focusAt)
    function onOutside(event: Event) {
      const target = event.target as Node
      if (!panel?.contains(target) && !button?.contains(target)) onLeave()
    }
    const stop = new AbortController()
    document.addEventListener('pointerdown', onOutside, { capture: true, signal: stop.signal })
    window.addEventListener('resize', onLeave, { signal: stop.signal })
    document.addEventListener('scroll', onOutside, { capture: true, signal: stop.signal })
    return () => stop.abort()
    // Opening is one act: what it depends on cannot change while it is open.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    event.stopPropagation()
    if (event.key === 'Tab') return onLeave()
    if (event.key === 'Escape') {
      event.preventDefault()
      return onClose()
    }
    if (moveInMenu(event.currentTarget, event.key)) event.preventDefault()
  }

  return (
    <div
      ref={ref}
      id={id}
      role="menu"
      popover="manual"
      tabIndex={-1}
      aria-labelledby={`${id}-trigger`}
      onKeyDown={onKeyDown}
      // A menu may stand inside a row or a link that has its own idea of a click.
      onClick={(event) => event.stopPropagation()}
      className={classNames(
        'fixed inset-auto m-0 min-w-52 max-w-80 overflow-y-auto rounded-card border border-line',
        'bg-raised p-1 text-ink shadow-float outline-none animate-float',
        className,
      )}
    >
      <CloseMenu value={onClose}>{children}</CloseMenu>
    </div>
  )
}
