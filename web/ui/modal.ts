import { useLayoutEffect, useRef, type PointerEvent, type SyntheticEvent } from 'react'

/** Shows the dialog it is given to as modal while mounted. */
export function useModal() {
  const ref = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    dialog.showModal()
    dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => dialog.close()
  }, [])
  return ref
}

/** Handlers that turn every way a native dialog can be dismissed into `onClose`. */
export function closing(onClose: () => void) {
  return {
    onCancel(event: SyntheticEvent) {
      if (event.target !== event.currentTarget) return
      event.preventDefault()
      onClose()
    },
    // Browsers close by themselves when Escape is pressed twice; the page must not lag behind.
    onClose({ target, currentTarget: dialog }: SyntheticEvent<HTMLDialogElement>) {
      if (target !== dialog || dialog.open) return
      onClose()
      requestAnimationFrame(() => {
        // Whoever owns it wants it to stay.
        if (dialog.isConnected && !dialog.open) dialog.showModal()
      })
    },
    onPointerDown(event: PointerEvent) {
      if (event.target === event.currentTarget && outside(event)) onClose()
    },
  }
}

function outside({ currentTarget, clientX, clientY }: PointerEvent): boolean {
  const box = currentTarget.getBoundingClientRect()
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom
}
