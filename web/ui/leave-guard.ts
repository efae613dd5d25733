import { useEffect } from 'react'
import { askBeforeGoing } from './navigation.tsx'

/**
 * While it is shown, no other page of the app takes its place unless `mayGo` says so; Back is taken
 * back. `isLossy` has the browser ask before it closes the page or leads elsewhere.
 */
export function useLeaveGuard(mayGo: (path: string) => boolean, isLossy: boolean) {
  useEffect(() => {
    let shown = here()
    askBeforeGoing((path, isBack) => {
      const may = mayGo(path)
      if (may) queueMicrotask(() => (shown = here()))
      else if (isBack) history.pushState(shown.state, '', shown.address)
      return may
    })
    return () => askBeforeGoing(null)
  }, [mayGo])
  useEffect(() => {
    if (!isLossy) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isLossy])
}

function here() {
  const { pathname, search, hash } = location
  return { address: pathname + search + hash, state: history.state as unknown }
}
