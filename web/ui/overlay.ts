import { useHistoryState } from './navigation.tsx'

interface Overlay {
  isOpen: boolean
  open: () => void
  close: () => void
}

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
      if (isOpen) history.back()
    },
  }
}
