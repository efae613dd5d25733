import { useEffect } from 'react'
import { askBeforeGoing } from './navigation.tsx'

/**
 * While it is shown, no other page of the app takes its place unless `mayGo` says so; Back is taken
 * back. `isLossy` has the browser ask before it closes the page or leads elsewhere.
 */
export function useLeaveGuard(mayGo: (path: string) => boolean, isLossy: boolean) {
  useEffect(() => {
    let shown = { path: pathNow(), state: history.state as unknown }
    const guard = (path: string) => {
      const may = mayGo(path)
      if (may) queueMicrotask(note)
      return may
    }
    function note() {
      shown = { path: pathNow(), state: history.state as unknown }
    }
    function onPop(event: PopStateEvent) {
      if (guard(pathNow())) return
      event.stopImmediatePropagation()
      history.pushState(shown.state, '', shown.path)
    }
    askBeforeGoing(guard)
    window.addEventListener('popstate', onPop, { capture: true })
    return () => {
      askBeforeGoing(null)
      window.removeEventListener('popstate', onPop, { capture: true })
    }
  }, [mayGo])
  useEffect(() => {
    if (!isLossy) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isLossy])
}

function pathNow(): string {
  return location.pathname + location.search + location.hash
}
