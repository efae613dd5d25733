import { useSyncExternalStore } from 'react'
import { t } from '../text/i18n.ts'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** The present moment, to the second. One timer serves everything on the page that counts. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, now) * 1_000
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  timer ??= setInterval(tick, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick() {
  for (const listener of listeners) listener()
}

function now(): number {
  return Math.floor(Date.now() / 1_000)
}

/** A duration in words: seconds, and minutes from the second one on. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  if (seconds < 120) return t('time.seconds', { n: seconds })
  return t('time.minutes', { m: Math.floor(seconds / 60), s: seconds % 60 })
}
