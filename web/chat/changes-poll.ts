/** What the page knows of whoever is in front of it. */
export interface Attention {
  visible: boolean
  focused: boolean
  lastInputAt: number
}

const activeMs = 2_000
const idleMs = 10_000
const inputMs = 2 * 60_000

/** How long to wait before asking what changed; null: not at all, until the page is seen again. */
export function pollDelayMs({ visible, focused, lastInputAt }: Attention, now: number) {
  if (!visible) return null
  return focused && now - lastInputAt < inputMs ? activeMs : idleMs
}

/**
 * Calls `ask` now and then by how much attention the page has, at once when it is seen again, the
 * network returns or another tab reports a change, and never twice at a time.
 */
export function startPolling(ask: () => Promise<void>, signal: AbortSignal): { poke: () => void } {
  let lastInputAt = Date.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking = false
  let again = false

  function schedule() {
    clearTimeout(timer)
    const visible = document.visibilityState === 'visible'
    const delay = pollDelayMs({ visible, focused: document.hasFocus(), lastInputAt }, Date.now())
    if (delay !== null && !signal.aborted) timer = setTimeout(poke, delay)
  }
  async function run() {
    if (document.visibilityState !== 'visible' || signal.aborted) return
    if (asking) {
      again = true
      return
    }
    asking = true
    try {
      await ask()
    } catch {
      // Offline or refused: the next time tells.
    }
    asking = false
    if (again) {
      again = false
      return run()
    }
    schedule()
  }
  function poke() {
    clearTimeout(timer)
    void run()
  }
  function onInput() {
    const wasIdle = Date.now() - lastInputAt >= inputMs
    lastInputAt = Date.now()
    if (wasIdle) poke()
  }

  const passive = { signal, passive: true, capture: true }
  for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']) {
    document.addEventListener(type, onInput, passive)
  }
  document.addEventListener('visibilitychange', poke, { signal })
  window.addEventListener('focus', poke, { signal })
  window.addEventListener('online', poke, { signal })
  signal.addEventListener('abort', () => clearTimeout(timer))
  poke()
  return { poke }
}
