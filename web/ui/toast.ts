export interface Toast {
  id: number
  text: string
  tone: 'neutral' | 'success' | 'danger'
  action?: { label: string; onSelect: () => void }
  durationMs: number
  /** Called once when it goes without its action having been taken. */
  onExpire?: () => void
}

const durationMsDefault = 4_500

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

/** Shows a short notice, optionally with something to do about it. Returns what dismisses it. */
export function toast(text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}) {
  const shown: Toast = {
    tone: 'neutral',
    durationMs: durationMsDefault,
    ...options,
    text,
    id: ++lastId,
  }
  update([...toasts, shown])
  return () => dismissToast(shown.id)
}

/** Takes a toast away; it has expired unless its action was taken. */
export function dismissToast(id: number, actionTaken = false) {
  const gone = toasts.find((shown) => shown.id === id)
  if (!gone) return
  update(toasts.filter((shown) => shown !== gone))
  if (!actionTaken) gone.onExpire?.()
}

export const toastStore = {
  get: () => toasts,
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

function update(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}
