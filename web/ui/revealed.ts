import { useEffect, useSyncExternalStore } from 'react'
import { useAddressHash } from './navigation.tsx'

const markedMs = 2_500
let visits = 0
const listeners = new Set<() => void>()

/** Shows what the address names once more, for whoever followed the same link again. */
export function revealAgain() {
  visits++
  for (const listener of listeners) listener()
}

/** Shows the row of settings that the address names, as soon as `isReady`. */
export function useRevealed(isReady: boolean) {
  const hash = useAddressHash()
  const visit = useSyncExternalStore(subscribe, () => visits)
  useEffect(() => {
    if (isReady && hash !== '') reveal(decodeURIComponent(hash.slice(1)))
  }, [isReady, hash, visit])
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Brings the row `id` into view and its control into focus, and marks it for a moment. */
export function reveal(id: string) {
  const row = document.getElementById(id)
  if (!row) return
  row.scrollIntoView({ block: 'center' })
  controlIn(row)?.focus({ preventScroll: true })
  row.dataset.revealed = ''
  setTimeout(() => delete row.dataset.revealed, markedMs)
}

/** Of radio buttons it is the chosen one that takes focus. */
function controlIn(row: HTMLElement): HTMLElement | null {
  const area = row.querySelector('[data-control]') ?? row
  return (
    area.querySelector<HTMLElement>('input[type=radio]:checked') ??
    area.querySelector<HTMLElement>('input:enabled:not([type=color]), select, textarea, button')
  )
}
