/** One connection as the world outside sees it. */
export interface Attempt {
  /** Aborts when the connection should be given up. */
  signal: AbortSignal
  /** Something arrived. */
  alive: () => void
  end: () => void
}

/** What following needs of the browser: the network, the clock and the network's comings and goings. */
export interface FollowWorld {
  fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Resolves after `ms`, or sooner when trying again has become worthwhile. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>
  attempt: (signal: AbortSignal) => Attempt
}

/** Heartbeats come every 5 to 30 s, so this long a silence is a dead connection. */
const silenceMsMax = 40_000

export const browserWorld: FollowWorld = {
  fetch: (url, init) => fetch(url, init),

  wait(ms, signal) {
    return new Promise((resolve) => {
      const over = new AbortController()
      const done = () => {
        clearTimeout(timer)
        over.abort()
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done, { signal: over.signal })
      onReturn(done, over.signal)
    })
  },

  attempt(signal) {
    const given = new AbortController()
    const over = new AbortController()
    let lastAt = Date.now()
    const giveUpIfSilent = () => {
      if (Date.now() - lastAt > silenceMsMax) given.abort()
    }
    const timer = setInterval(giveUpIfSilent, 5_000)
    signal.addEventListener('abort', () => given.abort(), { signal: over.signal })
    window.addEventListener('online', () => given.abort(), { signal: over.signal })
    document.addEventListener('visibilitychange', giveUpIfSilent, { signal: over.signal })
    return {
      signal: given.signal,
      alive: () => (lastAt = Date.now()),
      end() {
        clearInterval(timer)
        over.abort()
      },
    }
  },
}

function onReturn(listener: () => void, signal: AbortSignal) {
  window.addEventListener('online', listener, { signal })
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') listener()
    },
    { signal },
  )
}
