import { useSyncExternalStore } from 'react'

/** When today began by the reader's clock; the component renders again when a new day does. */
export function useToday(): number {
  return useSyncExternalStore(subscribe, startOfToday)
}

function startOfToday(): number {
  return new Date().setHours(0, 0, 0, 0)
}

/** Once a minute is as exact as it has to be, and survives a laptop that slept over midnight. */
function subscribe(listener: () => void) {
  const timer = setInterval(listener, 60_000)
  return () => clearInterval(timer)
}
