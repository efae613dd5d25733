import { useHistoryState } from './navigation.tsx'

interface Overlay {
  isOpen: boolean
  open: () => void
  close: () => void
}

let isClosing = false

/** Something that is open over the page in a history entry of its own, so that Back closes it. */
export function useOverlay(name: 'sidebar' | 'details'): Overlay {
  const state = useHistoryState()
  const isOpen =
    typeof state === 'object' && state !== null && 'overlay' in state && state.overlay === name
  return {
    isOpen,
    open() {
      if (isOpen) return
      history.pushState({ overlay: name }, '')
      dispatchEvent(new PopStateEvent('popstate'))
    },
    close() {
      // Going back takes a moment, in which a second wish to close must not lead further back.
      if (!isOpen || isClosing) return
      isClosing = true
      addEventListener('popstate', () => (isClosing = false), { once: true })
      history.back()
    },
  }
}
