import { useEffect } from 'react'
import { loadMe, useCapability } from '../api/me.ts'

/** Where the number stands beside what is decided, and elsewhere, where it is only a mark. */
const everyMs = { settings: 5_000, other: 30_000 }

/** Keeps the number of those who wait to be let in true, for whoever may let them in. */
export function useFollowPendingUsers(place: keyof typeof everyMs) {
  const isWanted = useCapability('manageUsers')
  useEffect(() => {
    if (!isWanted) return
    const ask = () => {
      if (document.visibilityState === 'visible') loadMe().catch(() => {})
    }
    if (place === 'settings') ask()
    const timer = setInterval(ask, everyMs[place])
    document.addEventListener('visibilitychange', ask)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', ask)
    }
  }, [isWanted, place])
}
