import { useEffect } from 'react'
import { loadMe, useCapability } from '../api/me.ts'

const everyMs = 5_000

/** Keeps the number of those who wait to be let in true, for whoever may let them in. */
export function useFollowPendingUsers() {
  const isWanted = useCapability('manageUsers')
  useEffect(() => {
    if (!isWanted) return
    const ask = () => {
      if (document.visibilityState === 'visible') loadMe().catch(() => {})
    }
    ask()
    const timer = setInterval(ask, everyMs)
    document.addEventListener('visibilitychange', ask)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', ask)
    }
  }, [isWanted])
}
